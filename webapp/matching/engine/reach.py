"""Who could change places with whom: alternating paths through all allowed pairs, not only the candidates.

From mentees who have nobody, walk to every mentor they may have, from there to the mentees whom these mentors have, and
on. If a mentor with a free place is met, one more mentee can be matched (Berge). If none is, the mentees walked through
compete for the places walked through, and there are fewer of these (Hall): that is a bottleneck, in Dulmage and
Mendelsohn's words the overdetermined part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from webapp.matching.engine.assignment import most_matched
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Bools, Graph, Ints, Problem

BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Reached:
    """The rows and columns walked through, which of the columns have a free place, and the row from which each column
    was met first (NOBODY for a column that was not)."""

    rows: Bools
    columns: Bools
    free: Bools
    met_from: Ints


def walk(problem: Problem, mentors: Ints, start: Ints, at_least: int = 0) -> Reached:
    """From the rows `start`, over pairs with that score or more, through the assignment `mentors` (for each row its
    column or NOBODY)."""
    left = room_left(problem, mentors)
    rows, columns = np.zeros(problem.mentees, dtype=np.bool_), np.zeros(problem.mentors, dtype=np.bool_)
    met_from: Ints = np.full(problem.mentors, NOBODY, dtype=np.int64)
    frontier = start
    while len(frontier):
        rows[frontier] = True
        first = first_who_may(problem, frontier, at_least)
        new = (first != NOBODY) & ~columns & (problem.places > 0)
        columns |= new
        met_from[new] = first[new]
        having = mentors != NOBODY
        having[having] = new[mentors[having]]
        frontier = np.nonzero(having & ~rows)[0]
    return Reached(rows, columns, columns & (left > 0), met_from)


def with_a_way(problem: Problem, mentors: Ints) -> Bools:
    """The rows from which a column with a free place can be reached: each could be matched without leaving another
    over."""
    left = room_left(problem, mentors)
    rows, columns = np.zeros(problem.mentees, dtype=np.bool_), np.zeros(problem.mentors, dtype=np.bool_)
    new = np.nonzero(left > 0)[0]
    while len(new):
        columns[new] = True
        rows |= who_may(problem, new)
        held = np.unique(mentors[rows & (mentors != NOBODY)])
        new = held[~columns[held]]
    return rows


def room_left(problem: Problem, mentors: Ints) -> Ints:
    """How many places each column has beside this assignment."""
    return problem.places - np.bincount(mentors[mentors != NOBODY], minlength=problem.mentors)


def match_the_most(problem: Problem, marks: Bools, at_least: int = 0) -> Ints:
    """As many rows matched as all allowed pairs with that score or more permit: for each row its column or NOBODY.

    `marks` is widened by pairs that turn out to be needed.
    """
    while True:
        mentors = most_matched(problem, Graph.marked(problem, marks).at_least(at_least))
        reached = walk(problem, mentors, np.nonzero(mentors == NOBODY)[0], at_least)
        if not reached.free.any():
            return mentors
        _widen(problem, marks, reached, at_least)


def first_who_may(problem: Problem, rows: Ints, at_least: int) -> Ints:
    """For each column the first of these rows that may have it, or NOBODY."""
    step = max(1, BLOCK // max(1, problem.mentors))
    found: Ints = np.full(problem.mentors, NOBODY, dtype=np.int64)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        may = problem.scores[some] >= at_least
        first = np.where(may.any(axis=0), some[may.argmax(axis=0)], NOBODY)
        found = np.where(found == NOBODY, first, found)
    return found


def who_may(problem: Problem, columns: Ints) -> Bools:
    """The rows that may have at least one of these columns."""
    step = max(1, BLOCK // max(1, problem.mentees))
    found = np.zeros(problem.mentees, dtype=np.bool_)
    for first in range(0, len(columns), step):
        found |= (problem.scores[:, columns[first : first + step]] != FORBIDDEN).any(axis=1)
    return found


def _widen(problem: Problem, marks: Bools, reached: Reached, at_least: int) -> None:
    """Mark the whole way to each place that is free, and let the rows that were reached have these places: the way was
    not marked before, else the candidates would have been enough."""
    walked = np.nonzero(reached.columns)[0]
    marks[reached.met_from[walked], walked] = True
    there = np.ix_(np.nonzero(reached.rows)[0], np.nonzero(reached.free)[0])
    marks[there] |= problem.scores[there] >= at_least
