"""Loading programmes: a coordinator starts from her own, an administrator from all."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.people import Person, PersonRole, Unit, the_organisation
from webapp.programmes.models import Cohort, Enrolment, Objective, Programme, ProgrammeCoordinator
from webapp.safety import MissingContact, missing_contacts
from webapp.staff import hidden_from


def programmes_of(coordinator: Person) -> list[Programme]:
    """The programmes that this person coordinates, on all sites or some, by name."""
    theirs = select(Programme).join(Programme.coordinators).where(ProgrammeCoordinator.person_id == coordinator.id)
    return list(db.session.scalars(theirs.order_by(Programme.name)))


def all_programmes() -> list[Programme]:
    """Every programme, by name."""
    return list(db.session.scalars(select(Programme).order_by(Programme.name)))


def programme_or_404(coordinator: Person, programme_id: UUID) -> Programme:
    """A programme for its coordinator; for everybody else there is none."""
    programme = db.session.get(Programme, programme_id)
    if programme is None or not programme.is_coordinated_by(coordinator):
        abort(404)
    return programme


def programme_to_change_or_404(person: Person, programme_id: UUID) -> Programme:
    """A programme for who coordinates it on every site, and for an administrator, who finds no pair in it."""
    programme = db.session.get(Programme, programme_id)
    if programme is None or not ("administrator" in person.roles or programme.is_seen_whole_by(person)):
        abort(404)
    return programme


def possible_coordinators() -> list[Person]:
    """Everybody who holds the role and has not left, by name."""
    return people_with_role("coordinator")


def people_with_role(role: str) -> list[Person]:
    """Who holds a role and has not left, by name."""
    holders = select(Person).join(PersonRole, PersonRole.person_id == Person.id)
    return list(
        db.session.scalars(holders.where(PersonRole.role == role, Person.closed_at.is_(None)).order_by(Person.name))
    )


def enrolled_in(programme: Programme, coordinator: Person | None = None) -> list[Enrolment]:
    """Who takes part now, by name; with a coordinator those whom she may see. Whoever closed their account does not."""
    standing = (
        select(Enrolment)
        .join(Enrolment.person)
        .where(Enrolment.programme_id == programme.id, Enrolment.left_at.is_(None), Person.closed_at.is_(None))
    )
    rows = db.session.scalars(standing.order_by(Person.name, Enrolment.id))
    sees = sight_of(programme, coordinator) if coordinator else None
    return [row for row in rows if sees is None or sees(row.person)]


def sight_of(programme: Programme, coordinator: Person) -> Callable[[Person], bool]:
    """Whom a coordinator may see in a programme: those on her sites, but nobody who reports to her."""
    hidden = hidden_from(coordinator)
    return lambda participant: participant.id not in hidden and programme.covers(coordinator, participant)


def enrolments_of(person: Person) -> list[Enrolment]:
    """The programmes that somebody takes part in now."""
    standing = select(Enrolment).where(Enrolment.person_id == person.id, Enrolment.left_at.is_(None))
    return list(db.session.scalars(standing.order_by(Enrolment.enrolled_at, Enrolment.id)))


def cohorts_of(programme: Programme) -> list[Cohort]:
    """Its cohorts, the first to begin first."""
    theirs = select(Cohort).where(Cohort.programme_id == programme.id)
    return list(db.session.scalars(theirs.order_by(Cohort.starts_on, Cohort.name)))


def objectives_of(programme: Programme) -> list[Objective]:
    """Its objectives, the first to be due first."""
    theirs = select(Objective).where(Objective.programme_id == programme.id)
    return list(db.session.scalars(theirs.order_by(Objective.due_on, Objective.id)))


def contacts_missing(programme: Programme) -> list[MissingContact]:
    """The help contacts without which it cannot start, for the sites and languages of those who take part.

    While nobody does, it is the organisation's language that counts.
    """
    site_of = select(Unit.site_id, Person.lang).select_from(Enrolment).join(Person, Enrolment.person_id == Person.id)
    there = db.session.execute(
        site_of.outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Enrolment.programme_id == programme.id, Enrolment.left_at.is_(None), Person.closed_at.is_(None))
        .distinct()
    )
    organisation = the_organisation()
    places = {(site_id, lang) for site_id, lang in there}
    return missing_contacts(places or {(None, organisation.lang if organisation else "en")})
