"""Making the organisation, its first site, unit and administrator, and the first programme, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import exists, select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.people import Newcomer, Organisation, Person, Ticket, add_site, add_unit, invite
from webapp.profiles import begin_with_words
from webapp.programmes import Outline, make_programme


class AlreadyDone(Exception):
    """Somebody else was quicker."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What the form asks for. `coordinator` is somebody to invite, beside or instead of the administrator."""

    organisation: str
    sender_name: str
    lang: str
    zone: str
    site: str
    unit: str
    name: str
    email: str
    password_hash: str = field(repr=False)
    programme: str
    coordinates: bool
    coordinator_name: str = ""
    coordinator_email: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """Who may sign in now, and whom to hand an invitation."""

    administrator: Person
    coordinator: Person | None = None
    ticket: Ticket | None = None


def is_needed() -> bool:
    """Whether there is nobody yet."""
    return not db.session.scalar(select(exists().where(Person.id.is_not(None))))


def set_up(first: FirstStart) -> Begun:
    """Everything of the first start, inside a write transaction. Raises `AlreadyDone`."""
    if not is_needed():
        raise AlreadyDone
    organisation = _organisation(first)
    administrator = _administrator(first)
    site = add_site(administrator, first.site, first.zone)
    administrator.unit = add_unit(administrator, site, first.unit)
    coordinators = [administrator.id] if first.coordinates else []
    coordinator, ticket = _invited(administrator, first)
    if coordinator is not None:
        coordinators.append(coordinator.id)
    make_programme(administrator, Outline(first.programme), coordinators)
    begin_with_words(administrator)
    audit.record(administrator.id, "setup.done", "organisation", None, organisation=organisation.id)
    return Begun(administrator, coordinator, ticket)


def _organisation(first: FirstStart) -> Organisation:
    organisation = db.session.get(Organisation, 1) or Organisation(id=1)
    organisation.name, organisation.sender_name = first.organisation, first.sender_name
    organisation.lang, organisation.zone = first.lang, first.zone
    db.session.add(organisation)
    return organisation


def _administrator(first: FirstStart) -> Person:
    moment = now()
    person = Person(
        name=first.name,
        email=first.email,
        lang=first.lang,
        zone=first.zone,
        password_hash=first.password_hash,
        invited_at=moment,
        joined_at=moment,
    )
    person.give_roles({"administrator", "coordinator"} if first.coordinates else {"administrator"})
    db.session.add(person)
    db.session.flush()
    return person


def _invited(by: Person, first: FirstStart) -> tuple[Person, Ticket] | tuple[None, None]:
    if not first.coordinator_email:
        return None, None
    newcomer = Newcomer(
        name=first.coordinator_name,
        roles=frozenset({"coordinator"}),
        email=first.coordinator_email,
        lang=first.lang,
        zone=first.zone,
    )
    return invite(by, newcomer)
