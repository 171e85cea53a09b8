"""Why each mentee without a mentor has none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.bottlenecks import Bottleneck, bottlenecks
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Bools, Ints, Problem
from webapp.matching.engine.reach import room_left, with_a_way
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
        left = room_left(self._problem, self._solution.mentors)
        why = {number: self._why(number) for number in np.nonzero(self._solution.mentors == NOBODY)[0].tolist()}
        competing = np.array([each for each, said in why.items() if said == WhyNobody.COMPETITION], dtype=np.int64)
        found = bottlenecks(self._problem, self._solution.mentors, competing)
        named = {id(each): self._competition(each) for each in found.values()}
        for number, said in why.items():
            removed = removed_for(self._table, int(self._rows[number]), self._problem.places)
            yield Unmatched(
                self._view.mentees[self._rows[number]].id,
                said,
                {code: int(mentors.sum()) for code, mentors in sorted(removed.items())},
                tuple(openings(removed, left)),
                named[id(found[number])] if number in found else None,
                self._loss(number) if said == WhyNobody.TOTAL else None,
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
        return WhyNobody.TOTAL if self._have_a_way[number] else WhyNobody.COMPETITION

    @cached_property
    def _have_a_way(self) -> Bools:
        """Who could be matched without leaving anybody over: somebody only where the total comes first."""
        if self._view.settings.mode != Mode.BEST_TOTAL:
            return np.zeros(self._problem.mentees, dtype=np.bool_)
        return with_a_way(self._problem, self._solution.mentors)

    def _competition(self, found: Bottleneck) -> Competition:
        mentees = (self._view.mentees[row].id for row in self._rows[found.rows])
        mentors = (self._view.mentors[column].id for column in found.columns)
        return Competition(tuple(sorted(mentees)), tuple(sorted(mentors)), found.places)

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
