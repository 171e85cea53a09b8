"""Stable pairs: no mentee and mentor who are not together would both rather be (Gale and Shapley, mentees propose)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from heapq import heappush, heappushpop

import numpy as np

from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Ints, Problem

Ranks = Sequence[Mapping[int, int]]  # for each person, whom they named and in which place, from 0
UNNAMED = 1_000_000
EVERY = 256  # proposals between two looks at whether to stop


def stable_pairs(problem: Problem, mentees_named: Ranks, mentors_named: Ranks, say: Callable[[], None]) -> Ints:
    """For each row a column or NOBODY. Each side puts whom it named first, then by score, then by the run's order."""
    mentors: Ints = np.full(problem.mentees, NOBODY, dtype=np.int64)
    lists: dict[int, deque[int]] = {}
    held: list[list[tuple[int, int, int]]] = [[] for _ in range(problem.mentors)]
    asking, asked = deque(range(problem.mentees)), 0
    while asking:
        row = asking.popleft()
        if row not in lists:
            lists[row] = _by_preference(problem, row, mentees_named[row])
        while lists[row]:
            if not asked % EVERY:
                say()
            asked += 1
            column = lists[row].popleft()
            left_out = _offer(problem, held[column], column, row, mentors_named[column])
            if left_out != row:
                mentors[row] = column
                if left_out is not None:
                    mentors[left_out] = NOBODY
                    asking.append(left_out)
                break
    return mentors


def _by_preference(problem: Problem, row: int, named: Mapping[int, int]) -> deque[int]:
    scores = problem.scores[row]
    ranks = np.full(problem.mentors, UNNAMED, dtype=np.int64)
    for column, rank in named.items():
        ranks[column] = rank
    order = np.lexsort((np.arange(problem.mentors), -scores.astype(np.int64), ranks))
    return deque(int(column) for column in order if scores[column] != FORBIDDEN and problem.places[column] > 0)


def _offer(
    problem: Problem, held: list[tuple[int, int, int]], column: int, row: int, named: Mapping[int, int]
) -> int | None:
    """Who is left without this mentor: the mentee who asks, one who was held, or None. The least liked lies on top."""
    liking = (-named.get(row, UNNAMED), int(problem.scores[row, column]), -row)
    if len(held) < problem.places[column]:
        heappush(held, liking)
        return None
    return -heappushpop(held, liking)[2]
