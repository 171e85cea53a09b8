"""Stable mode: nobody and no mentor would both rather be with one another, and mentees get their best such mentor."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Ints, Problem
from webapp.matching.engine.stable import UNNAMED, Ranks, stable_pairs

named = st.lists(st.integers(0, 3), unique=True, max_size=3).map(
    lambda order: {who: at for at, who in enumerate(order)}
)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Problem, Ranks, Ranks]:
    mentees, mentors = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    score = st.sampled_from([FORBIDDEN, 0, 1, 2, 3])
    scores = np.array([[draw(score) for _ in range(mentors)] for _ in range(mentees)], dtype=np.int32)
    places = np.array([draw(st.integers(0, 2)) for _ in range(mentors)], dtype=np.int64)
    wishes = [{who: at for who, at in draw(named).items() if who < mentors} for _ in range(mentees)]
    theirs = [{who: at for who, at in draw(named).items() if who < mentees} for _ in range(mentors)]
    return Problem.of(scores.reshape(mentees, mentors), places), wishes, theirs


@given(lists())
@settings(max_examples=300, deadline=None)
def test_no_two_would_rather_be_together(case: tuple[Problem, Ranks, Ranks]) -> None:
    problem, wishes, theirs = case
    assert not rather(problem, wishes, theirs, stable_pairs(problem, wishes, theirs, lambda: None))


@given(lists())
@settings(max_examples=100, deadline=None)
def test_no_stable_pairing_is_better_for_any_mentee(case: tuple[Problem, Ranks, Ranks]) -> None:
    problem, wishes, theirs = case
    found = stable_pairs(problem, wishes, theirs, lambda: None)
    for other in product(range(NOBODY, problem.mentors), repeat=problem.mentees):
        mentors = np.array(other, dtype=np.int64)
        if possible(problem, mentors) and not rather(problem, wishes, theirs, mentors):
            for row in range(problem.mentees):
                mine, alternative = (liking(problem, wishes, row, int(each[row])) for each in (found, mentors))
                assert mine >= alternative


def test_an_unstable_pairing_is_seen() -> None:
    problem = Problem.of(np.array([[3, 0], [2, 0]], dtype=np.int32), np.array([1, 1], dtype=np.int64))
    assert rather(problem, [{}, {}], [{}, {}], np.array([1, 0], dtype=np.int64)) == [(0, 0)]


def possible(problem: Problem, mentors: Ints) -> bool:
    rows = np.nonzero(mentors != NOBODY)[0]
    counts = np.bincount(mentors[rows], minlength=problem.mentors)
    return bool((problem.scores[rows, mentors[rows]] != FORBIDDEN).all() and (counts <= problem.places).all())


def rather(problem: Problem, wishes: Ranks, theirs: Ranks, mentors: Ints) -> list[tuple[int, int]]:
    """Pairs who would both rather be together than as they are."""
    found = []
    for row, column in np.ndindex(problem.scores.shape):
        if problem.scores[row, column] == FORBIDDEN or not problem.places[column] or mentors[row] == column:
            continue
        wants = liking(problem, wishes, row, column) > liking(problem, wishes, row, int(mentors[row]))
        held = [liked_by(problem, theirs, column, each) for each in np.nonzero(mentors == column)[0].tolist()]
        free = len(held) < problem.places[column]
        if wants and (free or liked_by(problem, theirs, column, row) > min(held)):
            found.append((row, column))
    return found


def liking(problem: Problem, wishes: Ranks, row: int, column: int) -> tuple[int, int, int]:
    if column == NOBODY:
        return -UNNAMED - 1, 0, 0
    return -wishes[row].get(column, UNNAMED), int(problem.scores[row, column]), -column


def liked_by(problem: Problem, theirs: Ranks, column: int, row: int) -> tuple[int, int, int]:
    return -theirs[column].get(row, UNNAMED), int(problem.scores[row, column]), -row
