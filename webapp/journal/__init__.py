"""A private journal: only its author reads an entry, the mentor one that was shown, until that is taken back."""

from webapp.journal.actions import (
    amend_entry,
    delete_entry,
    empty_trash,
    hide_entry,
    restore_entry,
    show_entry,
    stop_showing,
    write_entry,
)
from webapp.journal.fields import EntryFields, NoFields, ShowFields
from webapp.journal.mirror import as_seen_by
from webapp.journal.models import Entry
from webapp.journal.reads import entries_of, entries_shown_to, why_of

__all__ = [
    "Entry",
    "EntryFields",
    "NoFields",
    "ShowFields",
    "amend_entry",
    "as_seen_by",
    "delete_entry",
    "empty_trash",
    "entries_of",
    "entries_shown_to",
    "hide_entry",
    "restore_entry",
    "show_entry",
    "stop_showing",
    "why_of",
    "write_entry",
]
