"""One exact assignment over a sparse graph: the solver itself is SciPy's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from webapp.matching.engine.graph import NOBODY, Graph, Int32s, Ints, Problem, Seats
from webapp.matching.settings import FULL_MARKS

LARGEST_EXACT = 2**52  # whole numbers that floating point holds, with room for one sum


@dataclass(frozen=True, slots=True)
class Price:
    """What things cost the solver: a pair `scale × (10⁶ + 1 - score + spread)`, to be matched with nobody `nobody`.

    With `must_match` nobody costs more than any gain elsewhere, so that as many as possible are matched; without, it
    costs what a score of 0 costs and one grain more, so that only ties go to more pairs.
    """

    scale: int
    nobody: int

    @classmethod
    def most_mentees(cls, problem: Problem) -> Price:
        dearest = FULL_MARKS + 1 + problem.spread * int((problem.taken + problem.places).max(initial=0))
        return cls(1, (problem.mentees + 1) * dearest)

    @classmethod
    def best_total(cls, problem: Problem) -> Price:
        scale = problem.mentees + 1
        return cls(scale, (FULL_MARKS + 1) * scale + 1)

    def of(self, scores: NDArray[np.integer]) -> Ints:
        return self.scale * (FULL_MARKS + 1 - scores.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with what the proof of it needs: for each row its seat (NOBODY) and what that costs."""

    seats: Seats
    edge_costs: Ints
    seat_of_row: Ints
    cost_of_row: Ints

    @property
    def mentors(self) -> Ints:
        """For each row its column, or NOBODY."""
        found = self.seat_of_row != NOBODY
        mentors = np.full(len(found), NOBODY, dtype=np.int64)
        mentors[found] = self.seats.seat_of[self.seat_of_row[found]]
        return mentors


def assign(problem: Problem, graph: Graph, price: Price) -> Assigned:
    """The cheapest assignment that there is in this graph. Raises OverflowError past what floating point holds."""
    if price.nobody * 2 >= LARGEST_EXACT:
        raise OverflowError("too many people for whole numbers in floating point")
    seats = Seats.of(graph, problem.places)
    costs = price.of(seats.scores) + problem.spread * (problem.taken[seats.seat_of] + seats.nth)[seats.seats]
    chosen = _solve(seats, costs, price.nobody)
    matched = chosen < len(seats.seat_of)
    cost_of_row = np.full(problem.mentees, price.nobody, dtype=np.int64)
    used = chosen[seats.rows] == seats.seats
    cost_of_row[seats.rows[used]] = costs[used]
    return Assigned(seats, costs, np.where(matched, chosen, NOBODY), cost_of_row)


def most_matched(problem: Problem, graph: Graph) -> Ints:
    """For each row a column or NOBODY, with as many rows matched as this graph allows (Hopcroft and Karp)."""
    seats = Seats.of(graph, problem.places)
    if not len(seats.rows):
        return np.full(problem.mentees, NOBODY, dtype=np.int64)
    ones = np.ones(len(seats.rows), dtype=np.int8)
    matrix = csr_array((ones, seats.seats, seats.row_starts()), shape=(problem.mentees, len(seats.seat_of)))
    chosen = maximum_bipartite_matching(matrix, perm_type="column").astype(np.int64)
    return np.where(chosen >= 0, seats.seat_of[chosen], NOBODY)


def _solve(seats: Seats, costs: Ints, nobody: int) -> Ints:
    """For each row its seat; a number past the last seat means nobody. Each row has a column of its own for that."""
    rows, count = seats.mentees, len(seats.seat_of)
    if not rows:
        return np.zeros(0, dtype=np.int64)
    starts, own = seats.row_starts(), np.arange(rows, dtype=np.int32)
    data = np.insert(costs.astype(np.float64), starts[1:], float(nobody))
    indices: Int32s = np.insert(seats.seats, starts[1:], count + own)
    matrix = csr_array((data, indices, starts + np.arange(rows + 1, dtype=np.int32)), shape=(rows, count + rows))
    _, chosen = min_weight_full_bipartite_matching(matrix)
    seat_of_row: Ints = chosen.astype(np.int64)
    return seat_of_row
