"""People whom a list of everybody no longer had: who they are, that they are still here after all, closing accounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from webapp import audit
from webapp.database import db
from webapp.people import NotAllowed, Person, Unit, close_account
from webapp.staff.models import StaffRecord
from webapp.staff.reads import hidden_from


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody flagged as having left whose account is open."""

    id: UUID
    name: str
    unit: str
    left_on: date
    has_joined: bool


def leavers(reader: Person) -> list[Leaver]:
    """All of them, the first to leave first; a coordinator is not shown her own reports."""
    hidden = frozenset() if "administrator" in reader.roles else hidden_from(reader)
    rows = db.session.execute(
        select(Person.id, Person.name, Person.joined_at, Unit.name, StaffRecord.left_on)
        .join(StaffRecord, StaffRecord.person_id == Person.id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(StaffRecord.left_on.is_not(None), Person.closed_at.is_(None))
        .order_by(StaffRecord.left_on, Person.name, Person.id)
    )
    return [
        Leaver(each, name, unit or "", left, joined is not None)
        for each, name, joined, unit, left in rows
        if left and each not in hidden
    ]


def keep_here(by: Person, people: Collection[UUID]) -> int:
    """They are still here: take the flag off, inside a write transaction; returns for how many."""
    flagged = select(StaffRecord).where(StaffRecord.person_id.in_(people), StaffRecord.left_on.is_not(None))
    records = db.session.scalars(flagged.order_by(StaffRecord.person_id)).all()
    for record in records:
        record.left_on = None
        audit.record(by.id, "staff.still_here", "person", record.person_id)
    return len(records)


def close_those(by: Person, people: Collection[UUID]) -> int:
    """Close the accounts of these who are flagged, inside a write transaction; returns how many were.

    Whose closing would leave nobody who could undo it stays open.
    """
    closed = 0
    for person_id in [each.id for each in leavers(by) if each.id in set(people)]:
        try:
            close_account(by, db.session.get_one(Person, person_id))
        except NotAllowed:
            continue
        closed += 1
    return closed
