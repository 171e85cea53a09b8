"""Finding a door, and the requests that wait for a coordinator."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.people import Person
from webapp.programmes.models import Door, JoinRequest, Programme
from webapp.staff import hidden_from


def door_by_email(email: str) -> Door | None:
    """The open door for e-mails of this domain; of several, that of the programme that began last."""
    domain = email.rpartition("@")[2].lower()
    doors = db.session.scalars(select(Door).where(Door.opened_at.is_not(None)).order_by(Door.opened_at.desc()))
    return next((each for each in doors if each.is_open and domain in each.domains), None) if domain else None


def door_of(programme: Programme) -> Door | None:
    """The door of a programme, open or not."""
    return db.session.get(Door, programme.id)


def requests_for(programme: Programme, coordinator: Person) -> list[JoinRequest]:
    """Those that nobody has decided, the first to ask first; never those of people who report to her."""
    waiting = select(JoinRequest).where(JoinRequest.programme_id == programme.id, JoinRequest.decided_at.is_(None))
    rows = db.session.scalars(waiting.order_by(JoinRequest.asked_at, JoinRequest.id))
    hidden = hidden_from(coordinator)
    return [each for each in rows if not hidden or not _is_of(each, hidden)]


def request_or_404(programme: Programme, coordinator: Person, request_id: UUID) -> JoinRequest:
    """One of them."""
    return next((each for each in requests_for(programme, coordinator) if each.id == request_id), None) or abort(404)


def _is_of(request: JoinRequest, people: frozenset[UUID]) -> bool:
    person = Person.by_identifier(request.identifier)
    return person is not None and person.id in people
