"""Places with mentors against mentees without one, unit by unit, before anybody is matched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from webapp.matching import offers
from webapp.people import Person, Unit
from webapp.programmes import Programme, enrolled_in


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """A unit, None for people without one: its mentees without a mentor, of whom `asked` have a place that is held for
    them; its mentors, and for how many more mentees these have time."""

    unit: Unit | None
    waiting: int
    asked: int
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
    def asked(self) -> int:
        return sum(each.asked for each in self.units)

    @property
    def to_match(self) -> int:
        """Without a mentor and not asked yet, as before a run of matching."""
        return self.waiting - self.asked

    @property
    def mentors(self) -> int:
        return sum(each.mentors for each in self.units)

    @property
    def free(self) -> int:
        return sum(each.free for each in self.units)

    @property
    def missing(self) -> int:
        return max(0, self.to_match - self.free)


def places_of(programme: Programme, coordinator: Person) -> Places:
    """Counted over those who take part on the coordinator's sites, her own reports too: these are figures and no names.

    Pairs of other programmes take up no place here; who is asked now does.
    """
    people = [each for each in enrolled_in(programme) if programme.covers(coordinator, each.person)]
    with_mentor, asked_now = offers.pairs_of_mentees(programme.id), offers.asked_mentees(programme.id)
    places = offers.free_places(programme.id)
    waiting, asked, mentors, free = (Counter[UUID | None]() for _ in range(4))
    for each in people:
        unit = each.person.unit_id
        if each.role == "mentor":
            mentors[unit] += 1
            free[unit] += max(0, places.get(each.person_id, 0))
        elif each.person_id not in with_mentor:
            waiting[unit] += 1
            asked[unit] += each.person_id in asked_now
    units = {each.person.unit_id: each.person.unit for each in people}
    rows = [UnitPlaces(unit, waiting[key], asked[key], mentors[key], free[key]) for key, unit in units.items()]
    return Places(sorted(rows, key=lambda row: (row.unit.site.name, row.unit.name) if row.unit else ("~", "~")))
