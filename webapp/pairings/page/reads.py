"""Loading what the two keep together: every read starts at one of the two."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.pairings.models import Pairing
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote
from webapp.pairings.reads import pairing_or_404
from webapp.pairings.signs import today_of
from webapp.people import Person


def begun_pairing_or_404(person: Person, pairing_id: UUID) -> Pairing:
    """A pair that this person is part of and that has begun: before that nobody learns who the other is."""
    pairing = pairing_or_404(person, pairing_id)
    if pairing.started_at is None:
        abort(404)
    return pairing


def begun_pairings_of(person: Person) -> list[Pairing]:
    """All pairs of a person that have begun, ended ones too: those that go on first, then the newest."""
    theirs = select(Pairing).where((Pairing.mentee_id == person.id) | (Pairing.mentor_id == person.id))
    begun = [each for each in db.session.scalars(theirs.order_by(Pairing.made_at.desc())) if each.started_at]
    return sorted(begun, key=lambda each: not each.is_active())


def next_contact_of(pairing: Pairing, reader: Person) -> NextContact | None:
    """What was agreed, unless its day is over on the reader's calendar."""
    agreed = db.session.get(NextContact, pairing.id)
    return agreed if agreed is not None and agreed.on >= today_of(reader) else None


def card_of(pairing: Pairing, person: Person) -> ContactCard | None:
    """How this one of the two said that they are reached."""
    theirs = select(ContactCard).where(ContactCard.pairing_id == pairing.id, ContactCard.person_id == person.id)
    return db.session.scalars(theirs).one_or_none()


def partners_card(pairing: Pairing, reader: Person) -> ContactCard | None:
    """The partner's, once both have shared."""
    own = card_of(pairing, reader)
    return card_of(pairing, pairing.partner_of(reader)) if own is not None else None


def shared_notes_of(pairing: Pairing) -> list[SharedNote]:
    """What the two want to remember, newest first."""
    standing = select(SharedNote).where(SharedNote.pairing_id == pairing.id, SharedNote.taken_back_at.is_(None))
    return list(db.session.scalars(standing.order_by(SharedNote.written_at.desc(), SharedNote.id.desc())))


def own_shared_note_or_404(author: Person, pairing_id: UUID, note_id: UUID) -> SharedNote:
    """A note of this pair that this person wrote and did not take back; 404 otherwise."""
    note = db.session.get(SharedNote, note_id)
    if note is None or note.author_id != author.id or note.pairing_id != pairing_id or note.taken_back_at is not None:
        abort(404)
    return note
