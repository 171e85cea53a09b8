"""A cohort as arrays: rows are mentees and columns mentors, both in the run's own order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from webapp.matching.cohort import Cohort
from webapp.matching.engine.graph import Bools
from webapp.matching.engine.order import in_order
from webapp.matching.people import Participant
from webapp.matching.settings import Settings
from webapp.matching.week import QUARTER, WEEK, quarters

Numbers = NDArray[np.float64]
Singles = NDArray[np.float32]  # holds whole numbers only, which it does exactly up to 2²⁴
Counts = Sequence[Mapping[str, int]]  # for each person, words with a whole number


class View:
    """The two sides of a cohort, and what several rules and scores ask of them."""

    def __init__(self, cohort: Cohort, settings: Settings) -> None:
        self.cohort = cohort
        self.settings = settings
        self.mentees = in_order(cohort.mentees, settings.seed)
        self.mentors = in_order(cohort.mentors, settings.seed)
        self.row_of = {mentee.id: row for row, mentee in enumerate(self.mentees)}
        self.column_of = {mentor.id: column for column, mentor in enumerate(self.mentors)}
        self._last_overlap: tuple[slice, Singles] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    @cached_property
    def tag_of(self) -> dict[str, str]:
        """What each word that anybody used means."""
        words = {goal.word for mentee in self.mentees for goal in mentee.goals}
        words |= {demand.value for mentee in self.mentees for demand in mentee.demands}
        words |= {word for mentor in self.mentors for word in mentor.expertise}
        words |= {word for side in (self.mentees, self.mentors) for person in side for word in person.interests}
        return self.cohort.vocabulary.tags(sorted(words))

    def tags(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(self.tag_of[word] for word in words if word in self.tag_of)

    def overlap(self, rows: slice) -> Singles:
        """Minutes of a usual week that the two are both at work (rows × columns)."""
        if self._last_overlap is None or self._last_overlap[0] != rows:
            mine, my_week, theirs, their_week = self._weeks
            weeks, here = np.unique(my_week[rows], return_inverse=True)
            both = (mine[weeks] @ theirs.T) * np.float32(QUARTER)
            self._last_overlap = rows, both[:, their_week][here.reshape(-1)]
        return self._last_overlap[1]

    @cached_property
    def gave_shifts(self) -> tuple[Bools, Bools]:
        """Whether each mentee, and each mentor, said when they usually work."""
        return answered(bool(each.shifts) for each in self.mentees), answered(bool(e.shifts) for e in self.mentors)

    @cached_property
    def _weeks(self) -> tuple[Singles, NDArray[np.intp], Singles, NDArray[np.intp]]:
        """Each week that some mentee has, once, and which of these each mentee has; the same of the mentors."""
        return *_weeks_of(self.mentees), *_weeks_of(self.mentors)


def answered(said: Iterable[bool]) -> Bools:
    """Yes or no for each person."""
    return np.fromiter(said, dtype=np.bool_)


def shared(mine: Counts, theirs: Counts) -> tuple[csr_array, Singles]:
    """Two factors whose product holds, for each pair, the sum over the words that both have of one number times the
    other. Words that only one side has are left out."""
    both = sorted({word for each in mine for word in each} & {word for each in theirs for word in each})
    number = {word: index for index, word in enumerate(both)}
    right = np.zeros((len(both), len(theirs)), dtype=np.float32)
    for column, words in enumerate(theirs):
        for word, value in words.items():
            if word in number:
                right[number[word], column] = value
    return _sparse(mine, number), right


def _sparse(people: Counts, number: Mapping[str, int]) -> csr_array:
    found = [
        (row, number[word], value)
        for row, words in enumerate(people)
        for word, value in words.items()
        if word in number
    ]
    rows, columns, values = zip(*found, strict=True) if found else ((), (), ())
    return csr_array((np.array(values, dtype=np.float32), (rows, columns)), shape=(len(people), len(number)))


def _weeks_of(people: Sequence[Participant]) -> tuple[Singles, NDArray[np.intp]]:
    number = {shifts: index for index, shifts in enumerate(dict.fromkeys(person.shifts for person in people))}
    weeks = np.zeros((len(number), WEEK), dtype=np.float32)
    for shifts, row in number.items():
        weeks[row, sorted(quarters(shifts))] = 1
    return weeks, np.array([number[person.shifts] for person in people], dtype=np.intp)
