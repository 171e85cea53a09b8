"""What an author does with entries. Two phones that change one text lose neither: see `Conflict` and `Gone`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp import audit, feed
from webapp.clock import now
from webapp.database import db
from webapp.journal.fields import EntryFields, NoFields, ShowFields
from webapp.journal.models import Entry
from webapp.journal.rules import TRASH_LASTS, knows_the_text
from webapp.ledger import Conflict, Gone, Refused, Written
from webapp.pairings import Pairing
from webapp.people import Person


def write_entry(author: Person, written: Written, fields: EntryFields) -> None:
    """Begin an entry."""
    entry = _own(author, written)
    if entry is None:
        _begin(author, written, fields)
    else:
        _take_text(entry, written, fields)


def amend_entry(author: Person, written: Written, fields: EntryFields) -> None:
    """Change the text. An entry that this server does not know (it was restored) begins with this text."""
    write_entry(author, written, fields)


def delete_entry(author: Person, written: Written, _fields: NoFields) -> None:
    """Into the trash for 30 days. An entry whose text is still on its way leaves a tombstone and joins it later."""
    entry = _own(author, written)
    if entry is None:
        entry = Entry(id=written.entity, author_id=author.id, written_at=written.at, since=[str(written.op)])
        db.session.add(entry)
    else:
        entry.follow(written.op)
    if entry.trashed_at is None:
        _tell_reader(entry, gone=True)
        entry.show_in(None, written.at)
        entry.trashed_at = written.at
    _note(entry, author, "deleted")


def restore_entry(author: Person, written: Written, _fields: NoFields) -> None:
    """Out of the trash; shown to nobody."""
    entry = _own_or_refused(author, written)
    if entry.erased_at is not None:
        raise Refused("not_found")
    _tell_reader(entry, gone=True)  # another phone may have brought it back and shown it meanwhile
    entry.show_in(None, written.at)
    entry.trashed_at = None
    entry.follow(written.op)
    _note(entry, author, "restored")


def show_entry(author: Person, written: Written, fields: ShowFields) -> None:
    """Let the mentor of this pairing read it."""
    entry = _own_or_refused(author, written)
    pairing = db.session.get(Pairing, fields.pairing)
    if pairing is None or author.id not in (pairing.mentor_id, pairing.mentee_id):
        raise Refused("not_your_pairing")
    if author.id != pairing.mentee_id:
        raise Refused("not_allowed")
    if pairing.over_since is not None:
        raise Refused("pairing_ended")
    if pairing.is_held:
        raise Refused("pairing_held")
    if not entry.is_kept():
        raise Gone
    if entry.shown_in_id != pairing.id:
        _tell_reader(entry, gone=True)
    entry.show_in(pairing, written.at)
    entry.follow(written.op)
    feed.touch(pairing.mentor_id, "entry", entry.id)
    _note(entry, author, "shown")


def hide_entry(author: Person, written: Written, _fields: NoFields) -> None:
    """Take the showing back."""
    entry = _own_or_refused(author, written)
    _tell_reader(entry, gone=True)
    entry.show_in(None, written.at)
    entry.follow(written.op)
    _note(entry, author, "hidden")


def stop_showing(pairing: Pairing) -> None:
    """A pairing ended: what was shown in it is its author's alone again, on the mentor's phone too."""
    for entry in db.session.scalars(select(Entry).where(Entry.shown_in_id == pairing.id)):
        _tell_reader(entry, gone=True)
        entry.show_in(None, now())
        _note(entry, entry.author, "hidden")


def erase_entry(author: Person, entry: Entry, at: datetime) -> None:
    """Delete one for ever, at its author's word."""
    _tell_reader(entry, gone=True)
    entry.erase(at)
    feed.touch(author.id, "entry", entry.id, gone=True)
    audit.record(author.id, "journal.erased", "entry", entry.id)


def empty_trash(at: datetime) -> int:
    """Delete for ever what has been in the trash for 30 days, inside a write transaction. Returns how many."""
    due = db.session.scalars(select(Entry).where(Entry.trashed_at <= at - TRASH_LASTS, Entry.erased_at.is_(None))).all()
    for entry in due:
        erase_entry(entry.author, entry, at)
    return len(due)


def _own(author: Person, written: Written) -> Entry | None:
    entry = db.session.get(Entry, written.entity)
    if entry is not None and entry.author_id != author.id:
        raise Refused("not_allowed")
    return entry


def _own_or_refused(author: Person, written: Written) -> Entry:
    entry = _own(author, written)
    if entry is None:
        raise Refused("not_found")
    return entry


def _begin(author: Person, written: Written, fields: EntryFields, **more: Any) -> Entry:
    entry = Entry(**{"id": written.entity, "author_id": author.id, "written_at": written.at, **more})
    entry.write(fields.prompt, _body(fields), written.op)
    db.session.add(entry)
    _note(entry, author, "written")
    return entry


def _take_text(entry: Entry, written: Written, fields: EntryFields) -> None:
    body = _body(fields)
    if not entry.is_kept():
        _recover(entry, written, fields, body)
        raise Gone
    if not knows_the_text(written.parent, entry.since) and not entry.says(fields.prompt, body):
        raise Conflict
    entry.write(fields.prompt, body, written.op)
    entry.changed_at = written.at
    _tell_reader(entry)
    _note(entry, entry.author, "changed")


def _recover(entry: Entry, written: Written, fields: EntryFields, body: dict[str, Any]) -> None:
    """Text that came after the entry was deleted: it goes to the trash as well, as a copy where there is other text."""
    if entry.erased_at is None and entry.body_sealed is None:
        entry.prompt, head = fields.prompt, entry.head
        entry.write(fields.prompt, body, written.op)
        entry.follow(head)
        _note(entry, entry.author, "recovered")
    elif not entry.says(fields.prompt, body):
        copy: dict[str, UUID | datetime] = {"id": written.op, "trashed_at": written.at, "recovered_from": entry.id}
        _begin(entry.author, written, fields, **copy)


def _body(fields: EntryFields) -> dict[str, Any]:
    return fields.body.model_dump(mode="json")


def _tell_reader(entry: Entry, gone: bool = False) -> None:
    if entry.shown_in_id is not None:
        pairing = db.session.get_one(Pairing, entry.shown_in_id)
        feed.touch(pairing.mentor_id, "entry", entry.id, gone=gone)


def _note(entry: Entry, author: Person, what: str) -> None:
    feed.touch(author.id, "entry", entry.id)
    audit.record(author.id, f"journal.{what}", "entry", entry.id)
