"""Loading pairings, notes and talks: every read starts at a person."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import abort
from sqlalchemy import or_, select

from webapp.database import db
from webapp.ledger import Refused
from webapp.pairings.models import Contact, Note, Pairing
from webapp.people import Person


def active_pairings_of(person: Person) -> list[Pairing]:
    """The pairings in which both have joined and none has ended, oldest first."""
    return [pairing for pairing in open_pairings_of(person) if pairing.is_active()]


def open_pairings_of(person: Person) -> list[Pairing]:
    """The same with those that still wait for somebody to join."""
    theirs = or_(Pairing.mentee_id == person.id, Pairing.mentor_id == person.id)
    return list(db.session.scalars(select(Pairing).where(theirs, ~Pairing.is_over()).order_by(Pairing.made_at)))


def pairing_or_404(person: Person, pairing_id: UUID) -> Pairing:
    """A pairing that this person is part of, ended ones included; 404 otherwise."""
    pairing = db.session.get(Pairing, pairing_id)
    if pairing is None or not pairing.includes(person):
        abort(404)
    return pairing


def open_pairing_of(author: Person, pairing_id: UUID) -> Pairing:
    """The pairing that an op names, when its author may write to it.

    Raises Refused: "not_your_pairing" alike for a foreign and an unknown one, and as `refuse_unless_active` does.
    """
    pairing = db.session.get(Pairing, pairing_id)
    if pairing is None or not pairing.includes(author) or pairing.started_at is None:
        raise Refused("not_your_pairing")
    refuse_unless_active(pairing)
    return pairing


def refuse_unless_active(pairing: Pairing) -> None:
    """Raises Refused: "pairing_held" while the two have something to decide, "pairing_ended" once it is over."""
    if not pairing.is_active():
        raise Refused("pairing_held" if pairing.is_held and pairing.over_since is None else "pairing_ended")


def hold_pair(pairing: Pairing) -> None:
    """Nobody else decides on this pair until the transaction ends; what was read before is read anew.

    Two yeses at the same moment would else each find the other one missing.
    """
    db.session.flush()
    db.session.execute(select(Pairing.id).where(Pairing.id == pairing.id).with_for_update(key_share=True))
    db.session.expire_all()


def notes_between(pairing: Pairing, limit: int = 30) -> list[Note]:
    """The notes of a pair, both ways, newest first; what was taken back is left out."""
    standing = select(Note).where(Note.pairing_id == pairing.id, Note.taken_back_at.is_(None))
    return list(db.session.scalars(standing.order_by(Note.written_at.desc(), Note.id.desc()).limit(limit)))


def last_note_to(reader: Person, pairing: Pairing) -> Note | None:
    """The partner's last words."""
    standing = select(Note).where(
        Note.pairing_id == pairing.id, Note.taken_back_at.is_(None), Note.author_id != reader.id
    )
    return db.session.scalars(standing.order_by(Note.written_at.desc(), Note.id.desc()).limit(1)).first()


def unread_notes_to(reader: Person) -> dict[UUID, list[Note]]:
    """What partners wrote and the reader has not marked as read, by pairing, newest first."""
    theirs = or_(Pairing.mentee_id == reader.id, Pairing.mentor_id == reader.id)
    standing = select(Note).join(Note.pairing).where(theirs, Note.taken_back_at.is_(None), Note.read_at.is_(None))
    unread: dict[UUID, list[Note]] = {}
    for note in db.session.scalars(standing.where(Note.author_id != reader.id).order_by(Note.written_at.desc())):
        unread.setdefault(note.pairing_id, []).append(note)
    return unread


def has_written(author: Person, pairing: Pairing) -> bool:
    """Whether this person has written to the partner yet."""
    own = select(Note.id).where(Note.pairing_id == pairing.id, Note.author_id == author.id)
    return db.session.scalar(own.limit(1)) is not None


def answers_to(pairing: Pairing, checkin_ids: Collection[UUID]) -> dict[UUID, list[Note]]:
    """The notes of this pair that answer these check-ins, by check-in, oldest first."""
    standing = select(Note).where(
        Note.pairing_id == pairing.id, Note.taken_back_at.is_(None), Note.reply_to.in_(list(checkin_ids))
    )
    answers: dict[UUID, list[Note]] = {}
    for note in db.session.scalars(standing.order_by(Note.written_at)):
        if note.reply_to is not None:
            answers.setdefault(note.reply_to, []).append(note)
    return answers


def own_note_or_404(author: Person, note_id: UUID) -> Note:
    """A note that this person wrote; 404 otherwise."""
    note = db.session.get(Note, note_id)
    if note is None or note.author_id != author.id:
        abort(404)
    return note


def talks_of(pairing: Pairing, limit: int = 30) -> list[Contact]:
    """What either side recorded, newest first; what was taken back is left out."""
    standing = select(Contact).where(Contact.pairing_id == pairing.id, Contact.taken_back_at.is_(None))
    return list(db.session.scalars(standing.order_by(Contact.happened_on.desc(), Contact.id.desc()).limit(limit)))


def talks_entered_for(pairing: Pairing) -> list[Contact]:
    """The talks that coordinators entered for a pair, newest first; never what the two recorded themselves."""
    return [talk for talk in talks_of(pairing, limit=200) if talk.by_coordinator]


def own_talk_or_404(author: Person, talk_id: UUID) -> Contact:
    """A talk that this person logged by itself; 404 otherwise, also once it was taken back."""
    talk = db.session.get(Contact, talk_id)
    if talk is None or talk.recorded_by_id != author.id or talk.checkin_id is not None or talk.taken_back_at:
        abort(404)
    return talk
