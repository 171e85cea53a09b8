"""Where more mentees want places than there are, each such place apart from the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from webapp.matching.engine.graph import FORBIDDEN, Ints, Problem
from webapp.matching.engine.reach import walk


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Rows that may have no other columns with a place than these; there are more of them than places."""

    rows: Ints
    columns: Ints
    places: int


def bottlenecks(problem: Problem, mentors: Ints, unmatched: Ints) -> dict[int, Bottleneck]:
    """For each of these unmatched rows, none of which has a way to a free place, the bottleneck that it is in."""
    reached = walk(problem, mentors, unmatched)
    rows, columns = np.nonzero(reached.rows)[0], np.nonzero(reached.columns)[0]
    part_of_row, part_of_column = _parts(problem, rows, columns)
    found = {}
    for part in np.unique(part_of_row[np.isin(rows, unmatched)]).tolist():
        here = columns[part_of_column == part]
        found[part] = Bottleneck(rows[part_of_row == part], here, int(problem.places[here].sum()))
    part_of = dict(zip(rows.tolist(), part_of_row.tolist(), strict=True))
    return {row: found[part_of[row]] for row in unmatched.tolist()}


def _parts(problem: Problem, rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    """The numbers of what hangs together by allowed pairs: for each row, and for each column."""
    near, far = np.nonzero(problem.scores[np.ix_(rows, columns)] != FORBIDDEN)
    count = len(rows) + len(columns)
    edges = csr_array((np.ones(len(near), dtype=np.int8), (near, far + len(rows))), shape=(count, count))
    _, part = connected_components(edges, directed=False)
    return part[: len(rows)], part[len(rows) :]
