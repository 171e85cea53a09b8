"""Places with mentors against mentees without one, unit by unit, before anybody is matched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.pairings import Pairing
from webapp.people import Person, Unit
from webapp.programmes import Programme, enrolled_in


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """A unit, None for people without one. `free` is for how many more mentees its mentors have time."""

    unit: Unit | None
    waiting: int
    mentors: int
    free: int


@dataclass(frozen=True, slots=True)
class Places:
    """All units, and what is there in all: a mentor may be of another unit than the mentee."""

    units: list[UnitPlaces]

    @property
    def waiting(self) -> int:
        return sum(each.waiting for each in self.units)

    @property
    def mentors(self) -> int:
        return sum(each.mentors for each in self.units)

    @property
    def free(self) -> int:
        return sum(each.free for each in self.units)

    @property
    def missing(self) -> int:
        return max(0, self.waiting - self.free)


def places_of(programme: Programme, coordinator: Person) -> Places:
    """Counted over those who take part on the coordinator's sites, her own reports too: these are figures and no names.

    Pairs of other programmes take up no place here.
    """
    people = [each for each in enrolled_in(programme) if programme.covers(coordinator, each.person)]
    mentees, has = _pairs_per_person(programme)
    waiting = Counter(each.person.unit_id for each in people if each.role == "mentee" and not mentees[each.person_id])
    mentors = [each for each in people if each.role == "mentor"]
    free: Counter[UUID | None] = Counter()
    for each in mentors:
        free[each.person.unit_id] += max(0, each.capacity - has[each.person_id])
    per_unit = Counter(each.person.unit_id for each in mentors)
    units = {each.person.unit_id: each.person.unit for each in people}
    rows = [UnitPlaces(unit, waiting[key], per_unit[key], free[key]) for key, unit in units.items()]
    return Places(sorted(rows, key=lambda row: (row.unit.site.name, row.unit.name) if row.unit else ("~", "~")))


def _pairs_per_person(programme: Programme) -> tuple[Counter[UUID], Counter[UUID]]:
    """How many pairs that have not ended each mentee and each mentor is in."""
    mentees, mentors = (
        select(column).where(Pairing.programme_id == programme.id, Pairing.ended_at.is_(None))
        for column in (Pairing.mentee_id, Pairing.mentor_id)
    )
    return Counter(db.session.scalars(mentees)), Counter(db.session.scalars(mentors))
