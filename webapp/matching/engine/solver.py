"""From scores and places to an assignment, by the chosen order of objectives, with the proof that it is best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from webapp.matching.engine.assignment import Price, assign
from webapp.matching.engine.candidates import best_of_both_sides
from webapp.matching.engine.floor import highest_floor
from webapp.matching.engine.graph import Bools, Graph, Ints, Problem
from webapp.matching.engine.prices import Prices, better_pairs, prove
from webapp.matching.engine.reach import match_the_most

CANDIDATES = 30
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Solution:
    """For each row its column or NOBODY; the floor that was held, if one was asked for; the prices that prove it
    (None: not proved), and what they are prices of."""

    mentors: Ints
    floor: int | None = None
    prices: Prices | None = None
    price: Price | None = None


def most_mentees(problem: Problem, say: Progress, candidates: int = CANDIDATES, *, with_floor: bool = True) -> Solution:
    """As many mentees as possible, then the worst-off as well off as possible, then the best total."""
    say("candidates")
    marks = best_of_both_sides(problem.open_scores(), candidates)
    say("floor")
    floor = highest_floor(problem, marks) if with_floor else _only_the_most(problem, marks)
    return _cheapest(problem, marks, Price.most_mentees(problem), floor, say)


def best_total(problem: Problem, say: Progress, candidates: int = CANDIDATES) -> Solution:
    """The highest sum of scores, whoever is left over. What a mentor has already takes nothing off here."""
    plain = Problem.of(problem.scores, problem.places)
    say("candidates")
    marks = best_of_both_sides(plain.open_scores(), candidates)
    return _cheapest(plain, marks, Price.best_total(plain), 0, say)


def _only_the_most(problem: Problem, marks: Bools) -> int:
    match_the_most(problem, marks)
    return 0


def _cheapest(problem: Problem, marks: Bools, price: Price, floor: int, say: Progress) -> Solution:
    """The cheapest over all allowed pairs at the floor or above: solve among candidates, prove, widen, solve again."""
    while True:
        say("assignment")
        assigned = assign(problem, Graph.marked(problem, marks).at_least(floor), price)
        say("proof")
        prices = prove(problem, assigned, price)
        if prices is None or not better_pairs(problem, prices, price, floor, marks):
            return Solution(assigned.mentors, floor or None, prices, price)


def total_of(problem: Problem, mentors: Ints) -> int:
    """The sum of the scores of an assignment."""
    matched = np.nonzero(mentors >= 0)[0]
    return int(problem.scores[matched, mentors[matched]].sum(dtype=np.int64))
