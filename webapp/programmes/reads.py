"""Loading programmes: a coordinator starts from her own, an administrator from all."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.people import Person, PersonRole
from webapp.programmes.models import Programme, ProgrammeCoordinator


def programmes_of(coordinator: Person) -> list[Programme]:
    """The programmes that this person coordinates, by name."""
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
    """A programme for its coordinator, and for an administrator, who sees its name and rhythm but no pair."""
    programme = db.session.get(Programme, programme_id)
    if programme is None or not ("administrator" in person.roles or programme.is_coordinated_by(person)):
        abort(404)
    return programme


def possible_coordinators() -> list[Person]:
    """Everybody who holds the role and has not left, by name."""
    holders = select(Person).join(PersonRole, PersonRole.person_id == Person.id)
    return list(
        db.session.scalars(
            holders.where(PersonRole.role == "coordinator", Person.closed_at.is_(None)).order_by(Person.name)
        )
    )
