"""What becomes of a mentee's question: yes, not now, a coordinator's word, the end of seven days."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.sql import Select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.matching.offers.actions.telling import ASKED, NEWS, tell_coordinators
from webapp.matching.offers.choosing import is_allowed
from webapp.matching.offers.models import MentorRequest, OpenDirectory
from webapp.matching.offers.places import free_places, hold_places
from webapp.matching.offers.rules import (
    DECLINED,
    EXPIRED,
    FULL,
    LEFT,
    OVERTAKEN,
    PAIRED,
    REFUSED,
)
from webapp.pairings import CannotPair, Pairing, has_mentor, make_pair
from webapp.people import Person
from webapp.push import Message, take_back, tell


def accept_request(mentor: Person, request: MentorRequest) -> None:
    """The mentor says yes: a pair at once where the programme says so, else as soon as a coordinator confirms."""
    hold_places(request.programme_id)
    if not request.waits_for_mentor:
        return
    request.accepted_at = now()
    audit.record(mentor.id, "offers.accepted_request", "request", request.id)
    directory = db.session.get(OpenDirectory, request.programme_id)
    db.session.flush()
    if directory is not None and directory.unconfirmed_since is not None:
        _pair(mentor, request)
    elif reason := _why_no_pair(request):
        close_request(request, reason, mentor.id)
        _tell_news(request.mentee, request)
    else:
        tell_coordinators(request.programme, request.mentee, request.mentor)


def not_now(mentor: Person, request: MentorRequest) -> None:
    """The mentor has no room just now; the mentee is told so, and no more."""
    hold_places(request.programme_id)
    if request.waits_for_mentor:
        close_request(request, DECLINED, mentor.id)
        _tell_news(request.mentee, request)


def confirm(coordinator: Person, request: MentorRequest) -> None:
    """The coordinator's yes makes the pair."""
    hold_places(request.programme_id)
    if request.waits_for_coordinator:
        _pair(coordinator, request)


def refuse(coordinator: Person, request: MentorRequest) -> None:
    """The coordinator has another way in mind; both are told kindly."""
    hold_places(request.programme_id)
    if request.waits_for_coordinator:
        close_request(request, REFUSED, coordinator.id)
        for person in (request.mentee, request.mentor):
            _tell_news(person, request)


def call_off(coordinator: Person, request: MentorRequest) -> None:
    """The two are not to be matched; who waits for an answer is told kindly that it cannot be."""
    hold_places(request.programme_id)
    if request.closed_at is None:
        told = (request.mentee, request.mentor) if request.accepted_at else (request.mentee,)
        close_request(request, LEFT, coordinator.id)
        for person in told:
            _tell_news(person, request)


def requests_due(at: datetime) -> Select[UUID]:
    """The ids of open requests that nobody answered in time, or whose mentee has a mentor meanwhile."""
    paired = exists().where(
        Pairing.programme_id == MentorRequest.programme_id,
        Pairing.mentee_id == MentorRequest.mentee_id,
        Pairing.ended_at.is_(None),
    )
    unanswered = and_(MentorRequest.accepted_at.is_(None), MentorRequest.expires_at <= at)
    due = select(MentorRequest.id).where(MentorRequest.closed_at.is_(None), or_(paired, unanswered))
    return due.order_by(MentorRequest.id)


def end_request(request_id: UUID, at: datetime) -> None:
    """End one of these, when it still is one. Inside a write transaction."""
    request = db.session.get_one(MentorRequest, request_id)
    hold_places(request.programme_id)
    if request.closed_at is None and has_mentor(request.programme, request.mentee):
        close_request(request, OVERTAKEN, None)
    elif request.waits_for_mentor and request.expires_at <= at:
        close_request(request, EXPIRED, None)
        _tell_news(request.mentee, request)


def follow_leaving(person: Person) -> None:
    """Somebody left: what they asked or were asked is over."""
    if not person.is_active:
        theirs = or_(MentorRequest.mentee_id == person.id, MentorRequest.mentor_id == person.id)
        for request in db.session.scalars(select(MentorRequest).where(theirs, MentorRequest.closed_at.is_(None))):
            close_request(request, LEFT, None)
            if person.id == request.mentor_id:
                _tell_news(request.mentee, request)


def close_request(request: MentorRequest, how: str, by: UUID | None) -> None:
    """It is over; what was not sent of it is not sent. Nobody is told here."""
    request.closed_at, request.closed_how, request.closed_by_id = now(), how, by
    take_back(request.mentor, ASKED, str(request.id))
    audit.record(by, "offers.closed_request", "request", request.id, how=how)


def _pair(by: Person, request: MentorRequest) -> None:
    reason = _why_no_pair(request)
    if reason is None:
        try:
            pairing = make_pair(by, request.programme, request.mentee, request.mentor, "")
        except CannotPair as cannot:
            reason = OVERTAKEN if cannot.reason == "has_mentor" else LEFT
        else:
            request.pairing_id = pairing.id
    close_request(request, reason or PAIRED, by.id)
    for person in (request.mentee, request.mentor):
        if person.id != by.id:
            _tell_news(person, request)


def _why_no_pair(request: MentorRequest) -> str | None:
    """What changed since it was asked; the place that the yes holds is counted already."""
    if has_mentor(request.programme, request.mentee):
        return OVERTAKEN
    if not is_allowed(request.programme, request.mentee_id, request.mentor_id):
        return LEFT
    return FULL if free_places(request.programme_id).get(request.mentor_id, -1) < 0 else None


def _tell_news(person: Person, request: MentorRequest) -> None:
    tell(person, Message(NEWS, str(request.id), f"/requests/{request.id}"))
