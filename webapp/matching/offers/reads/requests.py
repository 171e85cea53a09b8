"""Loading requests and the directory: a person starts from their own, a coordinator from her programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, select

from webapp.database import db
from webapp.matching.offers.models import MentorRequest, Offer, OpenDirectory
from webapp.matching.offers.rules import NEWS_FOR, TAKEN_BACK
from webapp.matching.offers.sight import looks_after
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.programmes import Enrolment, Programme, programme_or_404


@dataclass(frozen=True, slots=True)
class Search:
    """A programme in which a mentee may look for a mentor alone, and her part in it."""

    programme: Programme
    part: Enrolment


def searches_of(mentee: Person) -> list[Search]:
    """Where this person may look now: they take part, have no mentor there and are not asked about one."""
    paired = select(Pairing.programme_id).where(Pairing.mentee_id == mentee.id, Pairing.ended_at.is_(None))
    offered = select(Offer.programme_id).where(Offer.mentee_id == mentee.id, Offer.closed_at.is_(None))
    open_ones = (
        select(Programme, Enrolment)
        .join(Enrolment, Enrolment.programme_id == Programme.id)
        .join(OpenDirectory, OpenDirectory.programme_id == Programme.id)
        .where(
            Enrolment.person_id == mentee.id,
            Enrolment.role == "mentee",
            Enrolment.left_at.is_(None),
            Programme.id.not_in(paired),
            Programme.id.not_in(offered),
        )
    )
    rows = db.session.execute(open_ones.order_by(Programme.name)).all()
    return [Search(programme, part) for programme, part in rows if programme.is_running]


def requests_by(mentee: Person) -> list[MentorRequest]:
    """What a mentee asks now, oldest first."""
    return _open(MentorRequest.mentee_id == mentee.id)


def requests_to(mentor: Person) -> list[MentorRequest]:
    """What a mentor is asked and has not answered, oldest first."""
    return [each for each in _open(MentorRequest.mentor_id == mentor.id) if each.waits_for_mentor]


def ended_requests_by(mentee: Person, at: datetime) -> list[MentorRequest]:
    """What came to nothing not long ago without her doing, the newest first."""
    recent = select(MentorRequest).where(
        MentorRequest.mentee_id == mentee.id,
        MentorRequest.closed_at > at - NEWS_FOR,
        MentorRequest.pairing_id.is_(None),
        MentorRequest.closed_how != TAKEN_BACK,
    )
    return list(db.session.scalars(recent.order_by(MentorRequest.closed_at.desc())))


def own_request_or_404(person: Person, request_id: UUID) -> MentorRequest:
    """A request by or to this person; 404 otherwise. What was taken back is nobody's any more but the mentee's."""
    request = db.session.get(MentorRequest, request_id)
    if request is None or not request.includes(person):
        abort(404)
    if request.closed_how == TAKEN_BACK and request.mentor_id == person.id:
        abort(404)
    return request


def requests_to_confirm(programme: Programme, coordinator: Person) -> list[MentorRequest]:
    """Where a mentor said yes and the coordinator decides, the longest waiting first."""
    waiting = select(MentorRequest).where(
        MentorRequest.programme_id == programme.id,
        MentorRequest.closed_at.is_(None),
        MentorRequest.accepted_at.is_not(None),
    )
    rows = db.session.scalars(waiting.order_by(MentorRequest.accepted_at, MentorRequest.id))
    return [each for each in rows if looks_after(coordinator, programme, each.mentee, each.mentor)]


def coordinated_request_or_404(coordinator: Person, programme_id: UUID, request_id: UUID) -> MentorRequest:
    """A request that a mentor accepted, of people whom this coordinator holds; 404 otherwise."""
    programme = programme_or_404(coordinator, programme_id)
    request = db.session.get(MentorRequest, request_id)
    if request is None or request.programme_id != programme.id or request.accepted_at is None:
        abort(404)
    if not looks_after(coordinator, programme, request.mentee, request.mentor):
        abort(404)
    return request


def _open(whose: ColumnElement[bool]) -> list[MentorRequest]:
    standing = select(MentorRequest).where(whose, MentorRequest.closed_at.is_(None))
    return list(db.session.scalars(standing.order_by(MentorRequest.asked_at, MentorRequest.id)))
