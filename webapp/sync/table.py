"""The table of all ops: kind and action, the shape of their fields, and the room's action that does them.

And the mirror of each kind: what a reader may see of an entity.
"""

from __future__ import annotations

from webapp import journal
from webapp.sync import drafts, held
from webapp.sync.ops import Mirror, Op

OPS: dict[tuple[str, str], Op] = {
    ("entry", "write"): Op(journal.EntryFields, journal.write_entry),
    ("entry", "amend"): Op(journal.EntryFields, journal.amend_entry),
    ("entry", "delete"): Op(journal.NoFields, journal.delete_entry, waits=False),
    ("entry", "restore"): Op(journal.NoFields, journal.restore_entry),
    ("entry", "show"): Op(journal.ShowFields, journal.show_entry),
    ("entry", "hide"): Op(journal.NoFields, journal.hide_entry),
    ("draft", "save"): Op(drafts.DraftFields, drafts.save_draft, waits=False),
    ("draft", "drop"): Op(drafts.DropFields, drafts.drop_draft, waits=False),
    ("held", "discard"): Op(held.DiscardFields, held.discard, waits=False),
}

MIRRORS: dict[str, Mirror] = {
    "entry": journal.as_seen_by,
    "draft": drafts.as_seen_by,
    "held": held.as_seen_by,
}
