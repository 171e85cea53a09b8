"""The pages of this room: notes and talks for the two, pairs for their coordinator."""

from webapp.pairings.views import entered_talks, listing, notes, pairs, talks
from webapp.pairings.views.room import room

__all__ = ["entered_talks", "listing", "notes", "pairs", "room", "talks"]
