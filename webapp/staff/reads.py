"""What other rooms ask of the staff list: who is above whom, and what is known of a person beside their name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import has_request_context, request
from sqlalchemy import select

from webapp.database import db
from webapp.people import Person
from webapp.staff.models import StaffRecord

HIDDEN = "friendtor.hidden_from"


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """One person in the staff list. `manager_is_known` is false where the list names nobody here: not checked."""

    units: tuple[UUID, ...]
    licence: str | None = None
    manager: UUID | None = None
    manager_is_known: bool = False
    assessor: UUID | None = None
    languages: tuple[str, ...] = ()
    engagement: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    trained_on: date | None = None
    leave_until: date | None = None
    left_on: date | None = None
    employer: str | None = None


def staff_facts(people: Collection[UUID]) -> dict[UUID, StaffFacts]:
    """The facts of these people; who never came by a list has a unit at most."""
    asked = set(people)
    facts = {}
    for person_id, unit_id, record in db.session.execute(
        select(Person.id, Person.unit_id, StaffRecord).outerjoin(StaffRecord, StaffRecord.person_id == Person.id)
    ):
        if person_id in asked:
            facts[person_id] = _facts(unit_id, record)
    return facts


def reporting_chain(person_id: UUID) -> list[UUID]:
    """A person's line manager, the manager's manager and so on, the nearest first; never anybody twice."""
    return reporting_chains([person_id])[person_id]


def reporting_chains(people: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The same for many people, with one question to the database."""
    managers, chains = _managers(), {}
    for person_id in people:
        chain: list[UUID] = []
        at = managers.get(person_id)
        while at is not None and at != person_id and at not in chain:
            chain.append(at)
            at = managers.get(at)
        chains[person_id] = chain
    return chains


def line_managers() -> Mapping[UUID, UUID]:
    """Everybody's line manager, where the list names one who is here; of people who take part in nothing, too."""
    return {person_id: manager for person_id, manager in _managers().items() if manager is not None}


def reports_of(manager_id: UUID) -> frozenset[UUID]:
    """Everybody who reports to this person, over however many steps; the database walks down from them alone."""
    below = select(StaffRecord.person_id).where(StaffRecord.manager_id == manager_id).cte("below", recursive=True)
    further = select(StaffRecord.person_id).join(below, StaffRecord.manager_id == below.c.person_id)
    walked = below.union(further)  # not UNION ALL: a circle ends
    return frozenset(db.session.scalars(select(walked.c.person_id))) - {manager_id}


def hidden_from(coordinator: Person) -> frozenset[UUID]:
    """Whose rows a coordinator never sees: those of everybody who reports to her. Another coordinator holds them.

    Asked of the database once a request: no request changes who reports to whom, the worker does.
    """
    known: dict[UUID, frozenset[UUID]] = request.environ.setdefault(HIDDEN, {}) if has_request_context() else {}
    if coordinator.id not in known:
        known[coordinator.id] = reports_of(coordinator.id)
    return known[coordinator.id]


def assessor_of(person_id: UUID) -> UUID | None:
    """Whoever assesses this person, who may not be their mentor."""
    return db.session.scalar(select(StaffRecord.assessor_id).where(StaffRecord.person_id == person_id))


def trained_on(person_id: UUID) -> date | None:
    """The day of a mentor's training, where the list has one."""
    return db.session.scalar(select(StaffRecord.trained_on).where(StaffRecord.person_id == person_id))


def _managers() -> Mapping[UUID, UUID | None]:
    return dict(db.session.execute(select(StaffRecord.person_id, StaffRecord.manager_id)).all())


def _facts(unit_id: UUID | None, record: StaffRecord | None) -> StaffFacts:
    if record is None:
        return StaffFacts((unit_id,) if unit_id else ())
    units = tuple(dict.fromkeys(each for each in (unit_id, record.second_unit_id) if each))
    return StaffFacts(
        units,
        record.licence,
        record.manager_id,
        record.manager_id is not None or not record.manager_named,
        record.assessor_id,
        tuple(record.languages),
        record.engagement,
        record.starts_on,
        record.ends_on,
        record.trained_on,
        record.leave_until,
        record.left_on,
        record.employer,
    )
