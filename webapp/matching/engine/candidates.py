"""Which of all allowed pairs the solver looks at first: each side's best, ties by the run's own order."""

from __future__ import annotations

import numpy as np

from webapp.matching.engine.graph import FORBIDDEN, Bools, Int32s

BLOCK = 1 << 20  # pairs looked at together


def best_of_both_sides(scores: Int32s, each: int) -> Bools:
    """Marks (rows × columns): the `each` best columns of every row and the `each` best rows of every column."""
    if max(scores.shape, default=0) <= each:
        return _allowed(scores)
    marks = _best_columns(scores, each)
    marks |= _best_columns(scores.T, each).T
    return marks


def _best_columns(scores: Int32s, each: int) -> Bools:
    rows, columns = scores.shape
    if columns <= each:
        return _allowed(scores)
    marks: Bools = np.zeros((rows, columns), dtype=np.bool_)
    step = max(1, BLOCK // columns)
    for first in range(0, rows, step):
        block = np.ascontiguousarray(scores[first : first + step])
        last = np.partition(block, columns - each, axis=1)[:, columns - each, None]
        best = block >= last
        for row in np.nonzero(best.sum(axis=1) > each)[0]:
            best[row] = _without_late_ties(block[row], int(last[row, 0]), each)
        marks[first : first + step] = best & (block != FORBIDDEN)
    return marks


def _without_late_ties(scores: Int32s, last: int, each: int) -> Bools:
    """Exactly `each`: all above `last`, and of those that tie with it the first in order."""
    best: Bools = scores > last
    ties = np.nonzero(scores == last)[0]
    best[ties[: each - int(best.sum())]] = True
    return best


def _allowed(scores: Int32s) -> Bools:
    allowed: Bools = scores != FORBIDDEN
    return allowed
