"""Doing what a phone would have done: the actions of this room under a ledger-like `Written`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.ledger import Written
from webapp.pairings import (
    Contact,
    NoFields,
    Note,
    NoteFields,
    NoteReadFields,
    Pairing,
    TalkFields,
    mark_note_read,
    record_talk,
    take_note_back,
    write_note,
)
from webapp.people import Person


def written(entity: UUID | None = None, at: datetime | None = None) -> Written:
    return Written(entity=entity or uuid7(), op=uuid7(), at=at or now(), zone="Europe/London")


def somebody(person_id: UUID) -> Person:
    person = db.session.get(Person, person_id)
    assert person is not None
    return person


def the_pairing(pairing_id: UUID) -> Pairing:
    pairing = db.session.get(Pairing, pairing_id)
    assert pairing is not None
    return pairing


def note(author_id: UUID, pairing_id: UUID, words: str = "Hello.", at: datetime | None = None) -> UUID:
    """Write a note; its id."""
    circumstances = written(at=at)
    with writing():
        write_note(somebody(author_id), circumstances, NoteFields(pairing=pairing_id, words=words))
    return circumstances.entity


def take_back(author_id: UUID, note_id: UUID) -> None:
    with writing():
        take_note_back(somebody(author_id), written(note_id), NoFields())


def read(reader_id: UUID, note_id: UUID) -> None:
    with writing():
        mark_note_read(somebody(reader_id), written(), NoteReadFields(what="note", id=note_id))


def talk(author_id: UUID, pairing_id: UUID, on: date, minutes: int | None = 10, contact: str = "in_person") -> UUID:
    """Log a talk; its id."""
    circumstances = written()
    fields = TalkFields.model_validate({"pairing": pairing_id, "contact": contact, "on": on, "minutes": minutes})
    with writing():
        record_talk(somebody(author_id), circumstances, fields)
    return circumstances.entity


def stored_note(note_id: UUID) -> Note:
    db.session.rollback()
    row = db.session.get(Note, note_id, populate_existing=True)
    assert row is not None
    return row


def stored_talk(talk_id: UUID) -> Contact | None:
    db.session.rollback()
    return db.session.get(Contact, talk_id, populate_existing=True)
