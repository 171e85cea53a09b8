"""The solver against everything that decides the same in another way, on matrices of scores and places."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from webapp.matching.engine import solver
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Int32s, Ints, Problem

MARKS = 1_000_000


def silent(step: str) -> None:
    """Nobody listens."""


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> Problem:
    """Up to seven mentees and five mentors: ties, mentors without places, forbidden pairs, nobody at all."""
    mentees, mentors = draw(st.integers(0, most)), draw(st.integers(0, 5))
    score = st.sampled_from([FORBIDDEN, FORBIDDEN, 0, 1, 250_000, 500_000, 999_999, MARKS])
    scores = [[draw(score) for _ in range(mentors)] for _ in range(mentees)]
    places = [draw(st.integers(0, 3)) for _ in range(mentors)]
    taken = [draw(st.integers(0, 2)) for _ in range(mentors)]
    return Problem(
        np.array(scores, dtype=np.int32).reshape(mentees, mentors),
        np.array(places, dtype=np.int64),
        np.array(taken, dtype=np.int64),
        draw(st.sampled_from([0, 10_000, 400_000])),
    )


@given(problems(), st.sampled_from([1, 2, 30]))
@settings(max_examples=400, deadline=None)
def test_brute_force_finds_nothing_better(problem: Problem, candidates: int) -> None:
    best, total = every_assignment(problem)
    found = solver.most_mentees(problem, silent, candidates)
    assert (matched(found.mentors), worst(problem, found.mentors), worth(problem, found.mentors)) == best
    assert found.prices is not None
    cheapest = solver.best_total(problem, silent, candidates)
    assert (solver.total_of(problem, cheapest.mentors), matched(cheapest.mentors)) == total


@given(problems(), st.sampled_from([1, 30]))
@settings(max_examples=300, deadline=None)
def test_nobody_gets_a_forbidden_mentor_or_one_without_a_place(problem: Problem, candidates: int) -> None:
    for solve in (solver.most_mentees, solver.best_total):
        mentors = solve(problem, silent, candidates).mentors
        rows = np.nonzero(mentors != NOBODY)[0]
        assert (problem.scores[rows, mentors[rows]] != FORBIDDEN).all()
        assert (np.bincount(mentors[rows], minlength=problem.mentors) <= problem.places).all()


def test_a_way_through_pairs_that_were_no_candidates_is_found() -> None:
    scores = np.array([[3, 0, FORBIDDEN], [2, 1, FORBIDDEN], [1, 2, 2]], dtype=np.int32)
    problem = Problem.of(scores, np.array([1, 1, 1], dtype=np.int64))
    assert solver.most_mentees(problem, silent, 1).mentors.tolist() == [0, 1, 2]


def test_a_floor_that_only_pairs_beside_the_candidates_allow_is_found() -> None:
    scores = np.array([[1, 3], [2, 1], [3, 5], [5, FORBIDDEN]], dtype=np.int32)
    problem = Problem.of(scores, np.array([2, 1], dtype=np.int64))
    assert solver.most_mentees(problem, silent, 1).floor == 3


@pytest.mark.parametrize("seeds", [range(first, first + 20) for first in range(0, 200, 20)])
def test_two_hundred_seeds_have_the_dense_optimum(seeds: range) -> None:
    for seed in seeds:
        problem = drawn(seed)
        most = solver.most_mentees(problem, silent)
        assert matched(most.mentors) == flow(problem)
        assert most.prices is not None
        if most.floor is not None:
            assert matched_above(problem, most.floor) == matched(most.mentors) > matched_above(problem, most.floor + 1)
            assert worst(problem, most.mentors) >= most.floor
        assert solver.total_of(problem, most.mentors) == dense(problem, most.floor or 0, nobody=10**12)
        cheapest = solver.best_total(problem, silent)
        assert solver.total_of(problem, cheapest.mentors) == dense(problem, 0, nobody=0)


@pytest.mark.parametrize("popular", [False, True])
def test_a_thousand_mentees_have_the_dense_optimum(popular: bool) -> None:
    problem = drawn(7, mentees=1000, mentors=200, popular=popular)
    found = solver.most_mentees(problem, silent)
    assert matched(found.mentors) == flow(problem)
    assert solver.total_of(problem, found.mentors) == dense(problem, found.floor or 0, nobody=10**12)


def drawn(seed: int, mentees: int | None = None, mentors: int | None = None, *, popular: bool = False) -> Problem:
    chance = np.random.default_rng(seed)
    mentees = mentees or int(chance.integers(1, 130))
    mentors = mentors or int(chance.integers(1, 60))
    shared = chance.random(mentors) if popular or seed % 3 == 0 else np.zeros(mentors)
    own = chance.random((mentees, mentors))
    scores = ((0.8 * shared + 0.2 * own if shared.any() else own) * MARKS).astype(np.int32)
    if seed % 4 == 1:
        scores = scores // 250_000 * 250_000  # ties
    scores[chance.random(scores.shape) < (0.0, 0.3, 0.9)[seed % 3]] = FORBIDDEN
    return Problem.of(scores, chance.integers(0, 5, mentors))


def matched(mentors: Ints) -> int:
    return int((mentors != NOBODY).sum())


def worst(problem: Problem, mentors: Ints) -> int:
    rows = np.nonzero(mentors != NOBODY)[0]
    return int(problem.scores[rows, mentors[rows]].min(initial=MARKS + 1))


def worth(problem: Problem, mentors: Ints) -> int:
    """The total less what spreading takes off."""
    counts = np.bincount(mentors[mentors != NOBODY], minlength=problem.mentors)
    spread = sum(taken + nth for taken, count in zip(problem.taken, counts, strict=True) for nth in range(count))
    return solver.total_of(problem, mentors) - problem.spread * int(spread)


def every_assignment(problem: Problem) -> tuple[tuple[int, int, int], tuple[int, int]]:
    """By trying every one: the best (matched, worst score, worth), and the best (total, matched)."""
    most = best_of_all(problem, 0, lambda score, off: (1, score - off))[0]
    floors = sorted({int(score) for score in problem.scores.flat if score != FORBIDDEN}, reverse=True)
    for floor in floors:
        count, value = best_of_all(problem, floor, lambda score, off: (1, score - off))
        if most and count == most:
            break
    else:
        floor, value = MARKS + 1, 0
    return (most, floor, value), best_of_all(problem, 0, lambda score, off: (score, 1))


def best_of_all(problem: Problem, floor: int, gain: Callable[[int, int], tuple[int, int]]) -> tuple[int, int]:
    """The best sum of gains (compared from the left) over every assignment with no score below the floor."""

    @cache
    def best(row: int, left: tuple[int, ...]) -> tuple[int, int]:
        if row == problem.mentees:
            return 0, 0
        found = [best(row + 1, left)]
        for column in range(problem.mentors):
            score = int(problem.scores[row, column])
            if left[column] and score >= floor:
                nth = int(problem.places[column]) - left[column]
                first, second = gain(score, problem.spread * (int(problem.taken[column]) + nth))
                rest = best(row + 1, (*left[:column], left[column] - 1, *left[column + 1 :]))
                found.append((first + rest[0], second + rest[1]))
        return max(found)

    return best(0, tuple(int(places) for places in problem.places))


def dense(problem: Problem, floor: int, nobody: int) -> int:
    """The best total by the dense solver: a place is a column, and each row may have nobody at that cost."""
    worths = np.repeat(problem.scores, problem.places, axis=1).astype(np.float64)
    worths[(worths < floor) | (worths == FORBIDDEN)] = -(10**13)
    worths = np.hstack([worths, np.full((problem.mentees, problem.mentees), float(-nobody))])
    rows, columns = linear_sum_assignment(worths, maximize=True)
    chosen = worths[rows, columns]
    return int(chosen[chosen >= 0].sum())


def flow(problem: Problem) -> int:
    return matched_above(problem, 0)


def matched_above(problem: Problem, floor: int) -> int:
    """How many can be matched at that floor, by a maximum flow from a source over both sides to a sink."""
    allowed: Int32s = (problem.scores >= floor).astype(np.int32)
    mentees, mentors = allowed.shape
    edges = np.zeros((mentees + mentors + 2, mentees + mentors + 2), dtype=np.int32)
    edges[0, 1 : mentees + 1] = 1
    edges[1 : mentees + 1, mentees + 1 : -1] = allowed
    edges[mentees + 1 : -1, -1] = problem.places
    return int(maximum_flow(csr_array(edges), 0, mentees + mentors + 1).flow_value)
