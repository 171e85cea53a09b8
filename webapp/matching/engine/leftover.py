"""Why each mentee without a mentor has none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Bools, Ints, Problem
from webapp.matching.engine.reach import room_left, walk
from webapp.matching.engine.solver import Solution
from webapp.matching.engine.table import Table
from webapp.matching.outcome import Competition, Opening, Unmatched, WhyNobody
from webapp.matching.settings import Mode


class Leftover:
    """The mentees whom a solution leaves without a mentor. `rows` are the problem's rows in the table."""

    def __init__(self, table: Table, problem: Problem, rows: Ints, solution: Solution) -> None:
        self._table = table
        self._view = table.view
        self._problem = problem
        self._rows = rows
        self._solution = solution

    def reasons(self) -> Iterator[Unmatched]:
        """One for each of them."""
        competitions: dict[int, Competition] = {}
        left = room_left(self._problem, self._solution.mentors)
        for number in np.nonzero(self._solution.mentors == NOBODY)[0].tolist():
            why = self._why(number)
            if why == WhyNobody.COMPETITION and number not in competitions:
                self._compete(number, competitions)
            removed = removed_for(self._table, int(self._rows[number]), self._problem.places)
            yield Unmatched(
                self._view.mentees[self._rows[number]].id,
                why,
                {code: int(mentors.sum()) for code, mentors in sorted(removed.items())},
                tuple(openings(removed, left)),
                competitions.get(number),
                self._loss(number) if why == WhyNobody.TOTAL else None,
            )

    def _why(self, number: int) -> WhyNobody:
        if not self._problem.mentors:
            return WhyNobody.NO_MENTORS
        if not self._view.mentees[self._rows[number]].takes_part():
            return WhyNobody.NOT_TAKING_PART
        if not (self._allowed(number) & (self._problem.places > 0)).any():
            return WhyNobody.NO_MENTOR
        if self._view.settings.mode == Mode.STABLE:
            return WhyNobody.PREFERRED
        return WhyNobody.TOTAL if self._way_out(number) else WhyNobody.COMPETITION

    def _way_out(self, number: int) -> bool:
        """Whether she could be matched without leaving anybody over: only where the total comes first."""
        if self._view.settings.mode != Mode.BEST_TOTAL:
            return False
        return bool(walk(self._problem, self._solution.mentors, np.array([number])).free.any())

    def _compete(self, number: int, competitions: dict[int, Competition]) -> None:
        reached = walk(self._problem, self._solution.mentors, np.array([number]))
        mentees = [self._view.mentees[row].id for row in self._rows[reached.rows]]
        mentors = [self._view.mentors[column].id for column in np.nonzero(reached.columns)[0]]
        places = int(self._problem.places[reached.columns].sum())
        found = Competition(tuple(sorted(mentees)), tuple(sorted(mentors)), places)
        for each in np.nonzero(reached.rows & (self._solution.mentors == NOBODY))[0].tolist():
            competitions.setdefault(each, found)

    def _allowed(self, number: int) -> Bools:
        allowed: Bools = self._problem.scores[number] != FORBIDDEN
        return allowed

    def _loss(self, number: int) -> int | None:
        prices, price = self._solution.prices, self._solution.price
        if prices is None or price is None:
            return None
        allowed = self._allowed(number) & (self._problem.places > 0)
        dearer = price.of(self._problem.scores[number]) + prices.of_mentor - price.nobody
        return int(-(-dearer[allowed].min() // price.scale))


def removed_for(table: Table, row: int, places: Ints) -> dict[RuleCode, Bools]:
    """For one mentee: the mentors whom each rule removes, under the names that may be shown, those without a place
    included."""
    found: dict[RuleCode, Bools] = {}
    for code, removed in table.removed_by(row).items():
        found[code.shown_as] = found.get(code.shown_as, np.zeros_like(removed)) | removed
    full: Bools = (places <= 0) & (table.scores[row] != FORBIDDEN)
    return {**found, RuleCode.NO_ROOM: full} if full.any() else found


def openings(removed: dict[RuleCode, Bools], left: Ints) -> Iterator[Opening]:
    """What one rule alone stands in the way of. `left` is how many places each mentor has left."""
    times = np.zeros(len(left), dtype=np.int64)
    for mentors in removed.values():
        times += mentors
    for code, mentors in sorted(removed.items()):
        alone = mentors & (times == 1)
        if code.can_be_relaxed() and alone.any():
            yield Opening(code, int(alone.sum()), int((alone & (left > 0)).sum()))
