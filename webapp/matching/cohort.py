"""Everybody whom a run is about, and whether what is said of them can be true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from webapp.matching.people import PRIORITIES, SLIDER_VALUES, Mentee, Mentor, Participant
from webapp.matching.settings import Late, Settings
from webapp.matching.vocabulary import Vocabulary

MOST_PAIRS = 60_000_000  # what a run keeps in memory: four bytes for each mentee and mentor


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair that is there before the run. An accepted or a locked one never moves; of the others see `Late`."""

    mentee: str
    mentor: str
    accepted: bool = False
    locked: bool = False

    def stays(self, late: Late) -> bool:
        return self.accepted or self.locked or late == Late.SPARE_PLACES


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in the input that cannot be: a code, and whom or what it is about."""

    code: str
    about: tuple[str, ...] = ()


class Refused(Exception):
    """The input cannot be matched as it is."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.code} {' '.join(fault.about)}".strip() for fault in self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Mentees, mentors, and what is known between them. `managers` gives each person's line manager, also of people
    who take no part; `earlier` the (mentee, mentor) pairs of other times."""

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    managers: Mapping[str, str] = field(default_factory=dict)
    earlier: frozenset[tuple[str, str]] = frozenset()
    standing: tuple[Standing, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def line_above(self, person: str) -> tuple[str, ...]:
        """Everybody whom a person reports to, the nearest first; a circle ends where it comes back."""
        line: list[str] = []
        seen = {person}
        while (above := self.managers.get(person)) is not None and above not in seen:
            line.append(above)
            seen.add(above)
            person = above
        return tuple(line)

    def staying(self, late: Late) -> dict[str, str]:
        """The pairs that do not move: each mentee's mentor."""
        return {pair.mentee: pair.mentor for pair in self.standing if pair.stays(late)}

    def faults(self, settings: Settings) -> list[Fault]:
        """What makes a run impossible; empty when nothing does."""
        return [*self._about_people(), *self.faults_in_pairs(settings), *_about_settings(settings)]

    def faults_in_pairs(self, settings: Settings) -> Iterator[Fault]:
        """What makes the pairs impossible that are there before the run."""
        mentees, room = {mentee.id for mentee in self.mentees}, {each.id: each.capacity for each in self.mentors}
        for mentee, count in Counter(pair.mentee for pair in self.standing).items():
            if count > 1:
                yield Fault("two_mentors", (mentee,))
        for pair in self.standing:
            if pair.mentee not in mentees or pair.mentor not in room:
                yield Fault("unknown_pair", (pair.mentee, pair.mentor))
        taken = Counter(pair.mentor for pair in self.standing if pair.stays(settings.late))
        by_hand = {pair.mentor for pair in self.standing if pair.locked and not pair.accepted}
        for mentor in self.mentors:
            if mentor.id in by_hand and taken[mentor.id] + mentor.active > mentor.capacity:
                yield Fault("over_capacity", (mentor.id,))

    def circles(self) -> list[tuple[str, ...]]:
        """Managers who report to themselves in the end: a mistake in the list, harmless here, and to be told."""
        found = set()
        for person in self.managers:
            line = (person, *self.line_above(person))
            if self.managers.get(line[-1]) == person:
                first = line.index(min(line))
                found.add((*line[first:], *line[:first]))
        return sorted(found)

    def _about_people(self) -> Iterator[Fault]:
        for people in (self.mentees, self.mentors):
            for twice, count in Counter(person.id for person in people).items():
                if count > 1:
                    yield Fault("twice", (twice,))
            for person in people:
                yield from _about_answers(person)
        for mentee in self.mentees:
            if any(goal.priority not in PRIORITIES for goal in mentee.goals):
                yield Fault("priority", (mentee.id,))
        for mentor in self.mentors:
            if mentor.capacity < 0 or mentor.active < 0:
                yield Fault("capacity", (mentor.id,))
        if len(self.mentees) * len(self.mentors) > MOST_PAIRS:
            yield Fault("too_many", (str(MOST_PAIRS),))


def _about_answers(person: Participant) -> Iterator[Fault]:
    if any(slider.value not in SLIDER_VALUES for slider in person.sliders.values()):
        yield Fault("slider", (person.id,))
    if any(not shift.is_possible() for shift in person.shifts):
        yield Fault("shift", (person.id,))


def _about_settings(settings: Settings) -> Iterator[Fault]:
    rules = settings.rules
    if not rules.levels.is_possible():
        yield Fault("level_gap")
    if not rules.months.is_possible():
        yield Fault("months_gap")
    if not 0 <= rules.overlap_minutes <= 7 * 24 * 60:
        yield Fault("overlap")
    if settings.enough_minutes < 1:
        yield Fault("enough")
    if settings.candidates < 1:
        yield Fault("candidates")
