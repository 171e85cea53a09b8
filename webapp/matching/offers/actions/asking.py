"""A mentee asks a mentor herself: the directory opens, she asks, she takes it back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.matching.offers.actions.requests import close_request
from webapp.matching.offers.actions.telling import ASKED
from webapp.matching.offers.choosing import mentors_to_ask
from webapp.matching.offers.models import MentorRequest, Offer, OpenDirectory
from webapp.matching.offers.places import hold_places
from webapp.matching.offers.rules import MOST_OF_A_MENTEE, OPEN_FOR, TAKEN_BACK
from webapp.pairings import has_mentor
from webapp.people import Person
from webapp.programmes import Programme
from webapp.push import Message, tell


class CannotAsk(Exception):
    """A mentee cannot ask this mentor now.

    `reason` is "closed" (nobody may look alone there), "has_mentor", "has_offer", "too_many" (she asks as many as one
    may), "asked" (him already) or "not_there" (whatever the reason is: it is the same for a veto and a full mentor).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_directory(by: Person, programme: Programme, unconfirmed: bool | None) -> None:
    """Let mentees look for a mentor alone, with a coordinator's word or without; None closes it again.

    Requests that are open stay so: nobody's question is taken from them.
    """
    standing = db.session.get(OpenDirectory, programme.id)
    if unconfirmed is None:
        if standing is not None:
            db.session.delete(standing)
            audit.record(by.id, "offers.closed_directory", "programme", programme.id)
        return
    if standing is None:
        standing = OpenDirectory(programme_id=programme.id, opened_at=now(), opened_by_id=by.id)
        db.session.add(standing)
    if not unconfirmed:
        standing.unconfirmed_since = None
    elif standing.unconfirmed_since is None:
        standing.unconfirmed_since = now()
    audit.record(by.id, "offers.opened_directory", "programme", programme.id, unconfirmed=unconfirmed)


def ask_mentor(mentee: Person, programme: Programme, mentor: Person, words: str, request_id: UUID) -> MentorRequest:
    """Ask; the line goes to that mentor alone. The same id asks once. Raises CannotAsk."""
    hold_places(programme.id)
    there = db.session.get(MentorRequest, request_id)
    if there is not None and there.mentee_id == mentee.id:
        return there
    reason = _why_not_ask(mentee, programme, mentor.id)
    if there is not None or reason:
        raise CannotAsk(reason or "not_there")
    request = MentorRequest(id=request_id, programme=programme, mentee=mentee, mentor=mentor, asked_at=now())
    request.expires_at = request.asked_at + OPEN_FOR
    request.write(words)
    db.session.add(request)
    audit.record(mentee.id, "offers.asked", "request", request.id, programme=str(programme.id))
    tell(mentor, Message(ASKED, str(request.id), f"/requests/{request.id}"))
    return request


def withdraw_request(mentee: Person, request: MentorRequest) -> None:
    """The mentee asks no more. Once is enough."""
    hold_places(request.programme_id)
    if request.closed_at is None:
        close_request(request, TAKEN_BACK, mentee.id)


def _why_not_ask(mentee: Person, programme: Programme, mentor_id: UUID) -> str | None:
    if db.session.get(OpenDirectory, programme.id) is None or not programme.is_running:
        return "closed"
    if has_mentor(programme, mentee):
        return "has_mentor"
    offered = select(Offer.id).where(
        Offer.programme_id == programme.id, Offer.mentee_id == mentee.id, Offer.closed_at.is_(None)
    )
    if db.session.scalar(offered.limit(1)) is not None:
        return "has_offer"
    own = select(MentorRequest.mentor_id).where(
        MentorRequest.programme_id == programme.id,
        MentorRequest.mentee_id == mentee.id,
        MentorRequest.closed_at.is_(None),
    )
    asked = set(db.session.scalars(own))
    if mentor_id in asked:
        return "asked"
    if len(asked) >= MOST_OF_A_MENTEE:
        return "too_many"
    return None if mentor_id in {each.mentor_id for each in mentors_to_ask(programme, mentee.id)} else "not_there"
