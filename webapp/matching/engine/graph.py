"""Pairs that the solver may choose from, and mentors with room for several as several places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1
NOBODY = -1

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a solver decides about. `scores` (rows × columns) holds points × 10⁶, FORBIDDEN where a hard rule removed
    the pair; `places` how many more mentees each mentor takes; `taken` how many they have already; `spread` what each
    mentee whom a mentor has already takes off the worth of one more (points × 10⁶)."""

    scores: Int32s
    places: Ints
    taken: Ints
    spread: int = 0

    @classmethod
    def of(cls, scores: Int32s, places: Ints, taken: Ints | None = None, spread: int = 0) -> Problem:
        return cls(scores, places, np.zeros_like(places) if taken is None else taken, spread)

    @property
    def mentees(self) -> int:
        return int(self.scores.shape[0])

    @property
    def mentors(self) -> int:
        return int(self.scores.shape[1])

    def open_scores(self) -> Int32s:
        """The scores with the columns of mentors without a place forbidden as well."""
        closed = self.places <= 0
        return np.where(closed[None, :], np.int32(FORBIDDEN), self.scores) if closed.any() else self.scores


@dataclass(frozen=True, slots=True)
class Graph:
    """Some allowed pairs, sorted by row and then by column."""

    rows: Int32s
    columns: Int32s
    scores: Int32s
    mentees: int
    mentors: int

    @classmethod
    def marked(cls, problem: Problem, marks: Bools) -> Graph:
        """The pairs where `marks` (rows × columns) is true."""
        rows, columns = (each.astype(np.int32) for each in np.nonzero(marks))
        return cls(rows, columns, problem.scores[rows, columns], problem.mentees, problem.mentors)

    def at_least(self, floor: int) -> Graph:
        """Only the pairs with that score or more."""
        if floor <= 0:
            return self
        kept = self.scores >= floor
        return Graph(self.rows[kept], self.columns[kept], self.scores[kept], self.mentees, self.mentors)


@dataclass(frozen=True, slots=True)
class Seats:
    """A graph in which each place of a mentor is a column: `seat_of[s]` is the mentor of seat s, `nth[s]` which of
    her places it is, from 0; each edge of the graph stands once for each seat. Sorted by row, then by seat."""

    rows: Int32s
    seats: Int32s
    scores: Int32s
    seat_of: Int32s
    nth: Int32s
    mentees: int

    @classmethod
    def of(cls, graph: Graph, places: Ints) -> Seats:
        """No mentor gets more seats than mentees could ask for."""
        asked = np.bincount(graph.columns, minlength=graph.mentors)
        count = np.minimum(np.maximum(places, 0), asked)
        first = np.concatenate(([0], np.cumsum(count)))
        each = count[graph.columns]
        edge = np.repeat(np.arange(len(each), dtype=np.int32), each)
        nth_of_edge = np.arange(len(edge)) - np.repeat(np.cumsum(each) - each, each)
        seat_of = np.repeat(np.arange(graph.mentors, dtype=np.int32), count)
        nth = (np.arange(len(seat_of)) - first[:-1][seat_of]).astype(np.int32)
        seats = (first[graph.columns[edge]] + nth_of_edge).astype(np.int32)
        return cls(graph.rows[edge], seats, graph.scores[edge], seat_of, nth, graph.mentees)

    def row_starts(self) -> Int32s:
        """Where each row's edges begin (one more than there are rows)."""
        counts = np.bincount(self.rows, minlength=self.mentees)
        return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
