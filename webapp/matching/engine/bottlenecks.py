"""Where more mentees want places than there are, each such place apart from the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from webapp.matching.engine.graph import NOBODY, Bools, Ints, Problem
from webapp.matching.engine.reach import Reached, first_who_may, walk, who_may


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Rows that may have no other columns with a place than these; there are more of them than places."""

    rows: Ints
    columns: Ints
    places: int


def bottlenecks(problem: Problem, mentors: Ints, unmatched: Ints) -> dict[int, Bottleneck]:
    """For each of these unmatched rows, none of which has a way to a free place, the bottleneck that it is in."""
    reached = walk(problem, mentors, unmatched)
    found: dict[int, Bottleneck] = {}
    for row in unmatched.tolist():
        if row not in found:
            rows, columns = _hanging_together(problem, row, reached)
            here = Bottleneck(np.nonzero(rows)[0], np.nonzero(columns)[0], int(problem.places[columns].sum()))
            found |= dict.fromkeys(unmatched[rows[unmatched]].tolist(), here)
    return found


def _hanging_together(problem: Problem, row: int, reached: Reached) -> tuple[Bools, Bools]:
    """All that was reached and hangs together with this row by allowed pairs."""
    rows, columns = np.zeros(problem.mentees, dtype=np.bool_), np.zeros(problem.mentors, dtype=np.bool_)
    new_rows = np.array([row], dtype=np.int64)
    while len(new_rows):
        rows[new_rows] = True
        new_columns = (first_who_may(problem, new_rows, 0) != NOBODY) & reached.columns & ~columns
        columns |= new_columns
        new_rows = np.nonzero(who_may(problem, np.nonzero(new_columns)[0]) & reached.rows & ~rows)[0]
    return rows, columns
