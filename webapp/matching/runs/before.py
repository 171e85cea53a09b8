"""What a coordinator should know before a run: places against mentees, and what nobody said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.matching.cohort import Cohort
from webapp.matching.settings import Settings
from webapp.matching.unchecked import unchecked


@dataclass(frozen=True, slots=True)
class Before:
    """`waiting` mentees without a mentor, of whom `asked` have a place that is held for them, and `away` take no part
    now; `mentors`, and the `places` they have left. `silent` are mentees who did not say what they want to learn.
    `unchecked` counts people by rule, `circles` are line managers who report to each other, by id."""

    waiting: int
    asked: int
    away: int
    mentors: int
    places: int
    silent: int
    unchecked: Mapping[str, int]
    circles: list[tuple[str, ...]]

    @property
    def to_match(self) -> int:
        return self.waiting - self.asked - self.away

    @property
    def missing(self) -> int:
        return max(0, self.to_match - self.places)


def before(cohort: Cohort, settings: Settings) -> Before:
    """Counted over everybody, one's own reports too: these are figures and no names."""
    taken = {pair.mentee for pair in cohort.standing}
    asked = {pair.mentee for pair in cohort.standing if not pair.accepted}
    free = [each for each in cohort.mentees if each.id not in taken]
    load = {each.id: each.active for each in cohort.mentors}
    for pair in cohort.standing:
        load[pair.mentor] += 1
    return Before(
        waiting=len(free) + len(asked),
        asked=len(asked),
        away=sum(1 for each in free if not each.takes_part()),
        mentors=len(cohort.mentors),
        places=sum(max(0, each.capacity - load[each.id]) for each in cohort.mentors if each.takes_part()),
        silent=sum(1 for each in free if not each.goals),
        unchecked=unchecked(cohort, settings),
        circles=cohort.circles(),
    )
