"""The pages of this room: entries, the trash, what is shown, and copies to take along."""

from webapp.journal.views import copies, entries, shown, trash
from webapp.journal.views.room import room

__all__ = ["copies", "entries", "room", "shown", "trash"]
