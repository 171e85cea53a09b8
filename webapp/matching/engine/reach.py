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
from webapp.matching.engine.graph import NOBODY, Bools, Graph, Ints, Problem

BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Reached:
    """The rows and columns walked through, and which of the columns have a free place."""

    rows: Bools
    columns: Bools
    free: Bools


def walk(problem: Problem, mentors: Ints, start: Ints, at_least: int = 0) -> Reached:
    """From the rows `start`, over pairs with that score or more, through the assignment `mentors` (for each row its
    column or NOBODY)."""
    left = room_left(problem, mentors)
    rows, columns = np.zeros(problem.mentees, dtype=np.bool_), np.zeros(problem.mentors, dtype=np.bool_)
    frontier = start
    while len(frontier):
        rows[frontier] = True
        new = _allowed_by_any(problem, frontier, at_least) & ~columns & (problem.places > 0)
        columns |= new
        having = mentors != NOBODY
        having[having] = new[mentors[having]]
        frontier = np.nonzero(having & ~rows)[0]
    return Reached(rows, columns, columns & (left > 0))


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


def _widen(problem: Problem, marks: Bools, reached: Reached, at_least: int) -> None:
    """Let the rows that were reached have every place that is free: at least one of these pairs is new."""
    rows, columns = np.nonzero(reached.rows)[0], np.nonzero(reached.free)[0]
    there = np.ix_(rows, columns)
    marks[there] |= problem.scores[there] >= at_least


def _allowed_by_any(problem: Problem, rows: Ints, at_least: int) -> Bools:
    step = max(1, BLOCK // max(1, problem.mentors))
    found = np.zeros(problem.mentors, dtype=np.bool_)
    for first in range(0, len(rows), step):
        found |= (problem.scores[rows[first : first + step]] >= at_least).any(axis=0)
    return found
