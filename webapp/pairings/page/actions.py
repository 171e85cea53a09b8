"""Agreeing on the next contact, saying how one is reached, and writing what both want to remember."""

from __future__ import annotations

from uuid import UUID

from webapp import audit
from webapp.database import db
from webapp.ledger import Conflict, Gone, Refused, Written
from webapp.pairings.fields import NoFields
from webapp.pairings.page.fields import ContactCardFields, NextContactFields, SharedNoteFields
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote
from webapp.pairings.page.reads import card_of
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person


def agree_on_next_contact(author: Person, written: Written, pairing_id: UUID, fields: NextContactFields) -> None:
    """Set, move or clear the day. Raises Conflict when the partner changed it since, or Refused."""
    pairing = open_pairing_of(author, pairing_id)
    standing = db.session.get(NextContact, pairing.id)
    if standing is not None and written.parent != standing.head:
        if (standing.on, standing.at, standing.place) == (fields.on, fields.at, fields.place):
            return
        raise Conflict
    if fields.on is None:
        if standing is not None:
            db.session.delete(standing)
            audit.record(author.id, "pairings.cleared_next_contact", "pairing", pairing.id)
        return
    standing = standing or NextContact(pairing_id=pairing.id)
    standing.agree_on(fields.on, fields.at, fields.place)
    standing.set_by_id, standing.set_at, standing.head = author.id, written.at, written.op
    db.session.add(standing)
    audit.record(author.id, "pairings.set_next_contact", "pairing", pairing.id)


def share_contact(author: Person, written: Written, pairing_id: UUID, fields: ContactCardFields) -> None:
    """Say how one is reached, or take that back with an empty line. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    card = card_of(pairing, author)
    if not fields.reach:
        if card is not None:
            db.session.delete(card)
            audit.record(author.id, "pairings.took_contact_card_back", "pairing", pairing.id)
        return
    card = card or ContactCard(id=written.entity, pairing_id=pairing.id, person_id=author.id, shared_at=written.at)
    card.say(fields.reach, fields.hours)
    db.session.add(card)
    audit.record(author.id, "pairings.shared_contact_card", "pairing", pairing.id)


def write_shared_note(author: Person, written: Written, pairing_id: UUID, fields: SharedNoteFields) -> None:
    """Write something that both see, or change what one wrote. Raises Refused, Conflict, or Gone once taken back."""
    pairing = open_pairing_of(author, pairing_id)
    note = db.session.get(SharedNote, written.entity)
    if note is None:
        note = SharedNote(id=written.entity, pairing=pairing, author_id=author.id, written_at=written.at)
        db.session.add(note)
    elif note.author_id != author.id or note.pairing_id != pairing.id:
        raise Refused("not_found")
    elif note.taken_back_at is not None:
        raise Gone
    elif written.parent != note.head:
        if note.words == fields.words:
            return
        raise Conflict
    else:
        note.changed_at = written.at
    note.write(fields.words)
    note.head = written.op
    audit.record(author.id, "pairings.wrote_shared_note", "shared_note", note.id)


def take_shared_note_back(author: Person, written: Written, _pairing_id: UUID, _fields: NoFields) -> None:
    """Its words are wiped for both. A second time changes nothing. Raises Refused."""
    note = db.session.get(SharedNote, written.entity)
    if note is None or note.author_id != author.id:
        raise Refused("not_found")
    if note.taken_back_at is None:
        note.taken_back_at, note.head = written.at, written.op
        note.write("")
        audit.record(author.id, "pairings.took_shared_note_back", "shared_note", note.id)
