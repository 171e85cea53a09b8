"""Taking people into a programme and letting them leave it."""

from __future__ import annotations

from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.programmes.models import Cohort, Enrolment, Programme


def enrol(
    by: Person,
    programme: Programme,
    person: Person,
    role: str,
    cohort: Cohort | None = None,
    capacity: int | None = None,
) -> Enrolment:
    """Have somebody take part as a "mentee" or "mentor". Whoever does already stays as they are, but for what is given.

    `capacity` is how many mentees a mentor has time for, 0 to 5.
    """
    standing = db.session.scalar(
        select(Enrolment).where(
            Enrolment.programme_id == programme.id,
            Enrolment.person_id == person.id,
            Enrolment.role == role,
            Enrolment.left_at.is_(None),
        )
    )
    if standing is None:
        standing = Enrolment(id=uuid7(), programme_id=programme.id, person=person, role=role, capacity=1)
        standing.enrolled_at, standing.enrolled_by_id = now(), by.id
        db.session.add(standing)
        db.session.flush()
        audit.record(by.id, "programmes.enrolled", "enrolment", standing.id, role=role)
    if cohort is not None:
        standing.cohort = cohort
    if capacity is not None:
        change_capacity(by, standing, capacity)
    return standing


def change_capacity(by: Person, enrolment: Enrolment, capacity: int) -> None:
    """How many mentees this mentor has time for, those they have included."""
    if enrolment.capacity != capacity:
        enrolment.capacity = capacity
        audit.record(by.id, "programmes.changed_capacity", "enrolment", enrolment.id, capacity=capacity)


def let_leave(by: Person, enrolment: Enrolment) -> None:
    """This person takes part no more; a pair they are in stays until somebody ends it. Once is enough."""
    if enrolment.left_at is None:
        enrolment.left_at = now()
        audit.record(by.id, "programmes.left", "enrolment", enrolment.id)
