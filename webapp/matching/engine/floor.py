"""How well off the worst-off mentee can be while as many are matched as can be."""

from __future__ import annotations

import numpy as np

from webapp.matching.engine.assignment import most_matched
from webapp.matching.engine.graph import NOBODY, Bools, Graph, Problem
from webapp.matching.engine.reach import match_the_most


def highest_floor(problem: Problem, marks: Bools) -> int:
    """The highest score for which pairs with that score or more still match as many mentees as all allowed pairs do.

    Exact over all allowed pairs; `marks` is widened by those that this takes. 0 when nobody can be matched.
    """
    wanted = _matched(match_the_most(problem, marks))
    if not wanted:
        return 0
    while True:
        floor = _among_candidates(problem, Graph.marked(problem, marks), wanted)
        if _matched(match_the_most(problem, marks, floor + 1)) < wanted:
            return floor


def _among_candidates(problem: Problem, graph: Graph, wanted: int) -> int:
    """The same over the candidates alone. There is such a floor: without one they match as many."""
    steps = np.unique(graph.scores[graph.scores <= _not_above(graph, wanted)])
    low, high, middle = 0, len(steps) - 1, len(steps) - 1
    while low < high:
        if _matched(most_matched(problem, graph.at_least(int(steps[middle])))) >= wanted:
            low = middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return int(steps[low])


def _not_above(graph: Graph, wanted: int) -> int:
    """No floor lies above the `wanted`-th best of the mentees' own best scores."""
    best = np.full(graph.mentees, -1, dtype=np.int32)
    np.maximum.at(best, graph.rows, graph.scores)
    return int(np.sort(best)[-wanted])


def _matched(mentors: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int:
    return int((mentors != NOBODY).sum())
