"""Reading check-ins: every read starts at a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import Select, func, select

from webapp.checkins.models import Checkin, HelpedAnswer
from webapp.checkins.rules import TALKS, Shift
from webapp.database import db
from webapp.pairings import Pairing
from webapp.people import Person


def own_checkins(author: Person) -> Select[Checkin]:
    """A person's own, newest first, without those taken back."""
    return (
        select(Checkin)
        .where(Checkin.author_id == author.id, Checkin.taken_back_at.is_(None))
        .order_by(Checkin.written_at.desc(), Checkin.id.desc())
    )


def sent_to(mentor: Person) -> Select[Checkin]:
    """What mentees sent to this person and left with them, newest first."""
    return (
        select(Checkin)
        .join(Pairing, Checkin.pairing_id == Pairing.id)
        .where(Pairing.mentor_id == mentor.id, Checkin.audience == "mentor", Checkin.taken_back_at.is_(None))
        .order_by(Checkin.sent_to_mentor_at.desc(), Checkin.id.desc())
    )


def unread_for(mentor: Person) -> Sequence[Checkin]:
    """What was sent to this person and not marked as read, newest first."""
    return db.session.scalars(sent_to(mentor).where(Checkin.read_at.is_(None))).all()


def has_unread(mentor: Person, besides: Checkin) -> bool:
    """Whether something else than this check-in waits to be read."""
    others = sent_to(mentor).where(Checkin.read_at.is_(None), Checkin.id != besides.id)
    return db.session.scalars(others.limit(1)).first() is not None


def latest_for(reader: Person, pairing: Pairing) -> Checkin | None:
    """The newest check-in of this pairing that the reader may read: her own, or sent to her."""
    mine = own_checkins(reader) if pairing.mentee_id == reader.id else sent_to(reader)
    return db.session.scalars(mine.where(Checkin.pairing_id == pairing.id).limit(1)).first()


def checkin_or_404(reader: Person, checkin_id: UUID) -> Checkin:
    """A check-in for its author, or for the mentor it was sent to; for everybody else there is none."""
    checkin = db.session.get(Checkin, checkin_id)
    if checkin is None or not checkin.may_be_read_by(reader):
        abort(404)
    return checkin


def own_checkin_or_404(author: Person, checkin_id: UUID) -> Checkin:
    """A check-in for its author alone."""
    checkin = checkin_or_404(author, checkin_id)
    if checkin.author_id != author.id:
        abort(404)
    return checkin


def written_by_or_404(author: Person, checkin_id: UUID) -> Checkin:
    """The same, also once it was taken back: words that were recovered can be deleted."""
    checkin = db.session.get(Checkin, checkin_id)
    if checkin is None or checkin.author_id != author.id:
        abort(404)
    return checkin


def recovered_for(author: Person) -> Sequence[Checkin]:
    """What was taken back on one phone while another still wrote to it: its author finds the words here."""
    mine = select(Checkin).where(Checkin.author_id == author.id, Checkin.taken_back_at.is_not(None))
    return db.session.scalars(mine.where(Checkin.words_sealed.is_not(None)).order_by(Checkin.id.desc())).all()


def last_shift_of(author: Person) -> Shift | None:
    """The shift that this person entered last."""
    with_shift = own_checkins(author).where(Checkin.shift_start.is_not(None), Checkin.about == "shift")
    checkin = db.session.scalars(with_shift.order_by(None).order_by(Checkin.shift_start.desc()).limit(1)).first()
    return checkin.shift if checkin else None


def talks_told_by(author: Person, pairing: Pairing, besides: UUID | None = None) -> int:
    """How many talks of this pairing she told of in her check-ins."""
    told = own_checkins(author).where(Checkin.pairing_id == pairing.id, Checkin.contact.in_(TALKS))
    if besides is not None:
        told = told.where(Checkin.id != besides)
    return db.session.scalar(select(func.count()).select_from(told.order_by(None).subquery())) or 0


def whether_it_helped(checkin: Checkin) -> str | None:
    """Her answer to "Did it help?": for its author, and for group figures."""
    row = db.session.get(HelpedAnswer, checkin.id)
    return row.answer if row else None


def pairing_at(mentee: Person, at: datetime) -> Pairing | None:
    """Her one pairing at that moment; None when there was none, or more than one."""
    theirs = select(Pairing).where(Pairing.mentee_id == mentee.id, Pairing.made_at <= at)
    then = [each for each in db.session.scalars(theirs) if each.ended_at is None or each.ended_at > at]
    return then[0] if len(then) == 1 else None
