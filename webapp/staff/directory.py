"""Everybody and every place as they are now, read at once and compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.people import Person, PersonRole, Site, Unit
from webapp.staff.models import StaffRecord

OF_PERSON = ("name", "email", "staff_number", "unit_id")
OF_RECORD = (
    "licence", "manager_id", "manager_named", "assessor_id", "assessor_named", "second_unit_id", "languages",
    "starts_on", "employer", "engagement", "ends_on", "trained_on", "leave_until", "left_on",
)  # fmt: skip
NO_RECORD: dict[str, Any] = {**dict.fromkeys(OF_RECORD), "languages": []}
AT_A_DESK = frozenset({"coordinator", "administrator"})


@dataclass(frozen=True)
class Known:
    """One person as the database has them. `values` are those of OF_PERSON and OF_RECORD."""

    id: UUID
    values: dict[str, Any]
    roles: frozenset[str]
    has_account: bool
    is_closed: bool
    is_listed: bool

    @property
    def is_at_a_desk(self) -> bool:
        return bool(self.roles & AT_A_DESK)


@dataclass(frozen=True)
class Directory:
    """Everybody by id; sites by name, and units by site and name, in small letters. Equal when nothing changed."""

    people: dict[UUID, Known] = field(default_factory=dict)
    sites: dict[str, UUID] = field(default_factory=dict)
    units: dict[tuple[str, str], UUID] = field(default_factory=dict)


def read_directory() -> Directory:
    """As it is in the transaction under way: four queries, however many people there are."""
    roles: dict[UUID, set[str]] = {}
    for person_id, role in db.session.execute(select(PersonRole.person_id, PersonRole.role)):
        roles.setdefault(person_id, set()).add(role)
    records = {
        row[0]: dict(zip(OF_RECORD, row[1:], strict=True))
        for row in db.session.execute(
            select(StaffRecord.person_id, *(getattr(StaffRecord, each) for each in OF_RECORD))
        )
    }
    columns = [getattr(Person, each) for each in OF_PERSON]
    people = {}
    for person_id, joined_at, closed_at, *values in db.session.execute(
        select(Person.id, Person.joined_at, Person.closed_at, *columns)
    ):
        known = dict(zip(OF_PERSON, values, strict=True)) | records.get(person_id, NO_RECORD)
        held = frozenset(roles.get(person_id, ()))
        has_account, is_closed = joined_at is not None, closed_at is not None
        people[person_id] = Known(person_id, known, held, has_account, is_closed, person_id in records)
    sites = {name.casefold(): site_id for site_id, name in db.session.execute(select(Site.id, Site.name))}
    units = {
        (site.casefold(), unit.casefold()): unit_id
        for unit_id, unit, site in db.session.execute(select(Unit.id, Unit.name, Site.name).join(Unit.site))
    }
    return Directory(people, sites, units)
