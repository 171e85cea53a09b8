"""Notes to the partner: one line, both ways. A note is a hello or an answer; it does not count as a talk."""

from __future__ import annotations

from webapp import audit, feed
from webapp.database import db
from webapp.ledger import Refused, Written
from webapp.pairings.actions.contacts import answer_wish
from webapp.pairings.actions.tombstones import leave_tombstone, refuse_what_is_there
from webapp.pairings.fields import NoFields, NoteFields, NoteReadFields
from webapp.pairings.models import Note
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person
from webapp.push import Message, take_back, tell_later


def write_note(author: Person, written: Written, fields: NoteFields) -> None:
    """Write to the partner; the mentor's note answers "I'd like to talk". Raises Refused, or Gone."""
    pairing = open_pairing_of(author, fields.pairing)
    refuse_what_is_there(Note, author, written)
    note = Note(id=written.entity, pairing_id=pairing.id, pairing=pairing, author_id=author.id)
    note.written_at, note.head, note.reply_to = written.at, written.op, fields.reply_to
    note.write(fields.words)
    db.session.add(note)
    if author.id == pairing.mentor_id:
        answer_wish(pairing, written.at)
    audit.record(author.id, "pairings.wrote_note", "note", note.id)
    tell_later(pairing.partner_of(author), Message("note", dedup_key=str(note.id)))
    _touch(note)


def take_note_back(author: Person, written: Written, _fields: NoFields) -> None:
    """Take a note back: its words are wiped, and a push that has not gone out stays unsent. Raises Refused."""
    note = db.session.get(Note, written.entity)
    if note is None:
        leave_tombstone(author, written)
        return
    if note.author_id != author.id:
        raise Refused("not_found")
    if note.taken_back_at is None:
        note.taken_back_at, note.head = written.at, written.op
        note.write("")
        audit.record(author.id, "pairings.took_note_back", "note", note.id)
        take_back(note.pairing.partner_of(author), "note", str(note.id))
    _touch(note)


def mark_note_read(reader: Person, written: Written, fields: NoteReadFields) -> None:
    """The partner's own tap on "I read this"; the first one counts. Raises Refused."""
    note = db.session.get(Note, fields.id)
    if note is None or not note.is_for(reader) or note.taken_back_at is not None:
        raise Refused("not_found")
    if note.read_at is None:
        note.read_at = written.at
        audit.record(reader.id, "pairings.read_note", "note", note.id)
    _touch(note)


def _touch(note: Note) -> None:
    gone = note.taken_back_at is not None
    for person_id in (note.pairing.mentor_id, note.pairing.mentee_id):
        feed.touch(person_id, "note", note.id, gone=gone)
