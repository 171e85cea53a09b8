"""Opening the door, asking at it, and deciding; all of it inside a write transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_

from webapp import audit
from webapp.clock import now
from webapp.database import db, inserting, uuid7
from webapp.mail import can_post, post_later, write_letter
from webapp.people import Newcomer, Person, Ticket, Unit, fresh_letters, invite, the_organisation
from webapp.programmes.actions.enrolments import enrol
from webapp.programmes.asking.answers import hash_of_answer_code
from webapp.programmes.asking.posters import DOOR_LETTERS, Entrance
from webapp.programmes.asking.rules import ANSWERED_KEPT, UNANSWERED_KEPT
from webapp.programmes.models import Door, JoinRequest, Programme


def open_door(by: Person, programme: Programme, is_open: bool, domains: Collection[str]) -> Door:
    """Let people ask from now on, or no longer; `domains` are those of e-mails, in small letters."""
    door = db.session.get(Door, programme.id)
    if door is None:
        door = Door(programme_id=programme.id, code=fresh_letters(DOOR_LETTERS))
        db.session.add(door)
    door.domains = sorted(set(domains))
    door.opened_at = (door.opened_at or now()) if is_open else None
    audit.record(by.id, "programmes.door_changed", "programme", programme.id, is_open=is_open)
    return door


def change_code(by: Person, door: Door) -> None:
    """Posters with the old code lead nowhere from now on."""
    door.code = fresh_letters(DOOR_LETTERS)
    audit.record(by.id, "programmes.door_code_changed", "programme", door.programme_id)


def ask_to_join(
    entrance: Entrance, name: str, email: str | None, staff_number: str | None, role: str, lang: str
) -> str:
    """Note that somebody asks; returns the code under which they find the answer.

    Whoever asked before is noted once, and a code of a later time finds nothing; nothing says whether we know them.
    """
    code = fresh_letters()
    asked = inserting(
        JoinRequest,
        id=uuid7(),
        programme_id=entrance.door.programme_id,
        unit_id=entrance.unit.id if entrance.unit else None,
        name=name,
        email=email.lower() if email else None,
        staff_number=staff_number.upper() if staff_number else None,
        role=role,
        lang=lang,
        asked_at=now(),
        answer_hash=hash_of_answer_code(code),
    )
    db.session.execute(asked.on_conflict_do_nothing())
    return code


def accept(by: Person, programme: Programme, request: JoinRequest) -> Ticket | None:
    """Take them in: whoever is new is invited, and the ticket returned. Once is enough."""
    if request.decided_at is not None:
        return None
    request.decided_at = request.accepted_at = now()
    request.decided_by_id = by.id
    person, ticket = Person.by_identifier(request.identifier), None
    if person is None:
        person, ticket = invite(by, _newcomer(by, programme, request))
    elif request.role not in person.roles and not person.roles & {"coordinator", "administrator"}:
        person.give_roles(person.roles | {request.role})
    enrol(by, programme, person, request.role)
    audit.record(by.id, "programmes.request_accepted", "programme", programme.id, person=str(person.id))
    return ticket


def decline(by: Person, request: JoinRequest) -> None:
    """Not now: said under their code and, where a letter reaches them, by mail, without a reason. Once is enough."""
    if request.decided_at is None:
        request.decided_at, request.decided_by_id = now(), by.id
        audit.record(by.id, "programmes.request_declined", "programme", request.programme_id)
        _write_to(request)


def can_write_to(request: JoinRequest) -> bool:
    """Whether a letter reaches them."""
    return bool(request.email) and can_post()


def forget_requests(at: datetime) -> None:
    """Let go of names 30 days after the answer, and 90 days after nobody answered."""
    answered = JoinRequest.decided_at < at - ANSWERED_KEPT
    unanswered = JoinRequest.decided_at.is_(None) & (JoinRequest.asked_at < at - UNANSWERED_KEPT)
    db.session.execute(delete(JoinRequest).where(or_(answered, unanswered)))


def _write_to(request: JoinRequest) -> None:
    """A kind letter. It has no name in it: anybody can type any name beside somebody else's address."""
    if request.email and can_post():
        organisation = the_organisation()
        sender = organisation.sender_name if organisation else "Friendtor"
        post_later(write_letter("not_this_time", request.email, request.lang, sender))


def _newcomer(by: Person, programme: Programme, request: JoinRequest) -> Newcomer:
    """The unit of the poster is a first guess for whoever coordinates its site; she has seen it and may change it."""
    organisation = the_organisation()
    return Newcomer(
        name=request.name,
        roles=frozenset({request.role}),
        email=request.email,
        staff_number=request.staff_number,
        unit_id=request.unit.id if request.unit and _holds(by, programme, request.unit) else None,
        lang=request.lang,
        zone=organisation.zone if organisation else "Europe/London",
    )


def _holds(coordinator: Person, programme: Programme, unit: Unit) -> bool:
    sites = programme.sites_covered_by(coordinator)
    return sites is None or unit.site_id in sites
