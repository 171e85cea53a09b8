"""The proof that an assignment is the best: a price for each place at which nobody would rather have another.

By linear programming duality an assignment is optimal exactly when such prices exist, with price 0 for what is left
free. SciPy does not give them; they are found here by relaxing along the assignment (Bellman and Ford). With them each
pair that was *not* among the candidates can be checked as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from webapp.matching.engine.assignment import Assigned, Price
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Bools, Ints, Problem

BLOCK = 1 << 22
ROUNDS = 4000


class NotOptimal(Exception):
    """There are no such prices: the assignment can be bettered."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more mentee costs all the others at each mentor, and what each row pays where it is (costs as in
    `Price`)."""

    of_mentor: Ints
    paid_by_row: Ints


def prove(problem: Problem, assigned: Assigned, price: Price) -> Prices | None:
    """Prices for this assignment; None when they are not found in so many rounds. Raises NotOptimal."""
    of_seat = _settle(assigned)
    if of_seat is None:
        return None
    occupied = assigned.seat_of_row != NOBODY
    paid = assigned.cost_of_row.copy()
    paid[occupied] += of_seat[assigned.seat_of_row[occupied]]
    spare = np.ones(len(of_seat), dtype=np.bool_)
    spare[assigned.seat_of_row[occupied]] = False
    if (of_seat[spare] > 0).any() or (paid > price.nobody).any():
        raise NotOptimal
    return Prices(_of_mentors(problem, assigned, of_seat), paid)


def better_pairs(problem: Problem, prices: Prices, price: Price, floor: int, marks: Bools) -> int:
    """Mark the allowed pairs at the floor or above that the proof does not cover yet; how many they are."""
    found, step = 0, max(1, BLOCK // max(1, problem.mentors))
    open_places = problem.places > 0
    for first in range(0, problem.mentees, step):
        block = slice(first, first + step)
        scores = problem.scores[block]
        cheaper = price.of(scores) + prices.of_mentor < prices.paid_by_row[block, None]
        cheaper &= (scores != FORBIDDEN) & (scores >= floor) & open_places & ~marks[block]
        found += int(cheaper.sum())
        marks[block] |= cheaper
    return found


def _settle(assigned: Assigned) -> Ints | None:
    seats = assigned.seats
    by_seat = np.argsort(seats.seats, kind="stable")
    rows, costs = seats.rows[by_seat], assigned.edge_costs[by_seat]
    of_seat = np.zeros(len(seats.seat_of), dtype=np.int64)
    if not len(rows):
        return of_seat
    starts = np.concatenate(([0], np.cumsum(np.bincount(seats.seats, minlength=len(of_seat)))[:-1]))
    here = assigned.cost_of_row[rows] - costs
    row_seat = np.append(assigned.seat_of_row, NOBODY)[rows]
    nobody = row_seat == NOBODY
    for _ in range(ROUNDS):
        paid = of_seat[row_seat]
        paid[nobody] = 0
        raised = np.maximum(of_seat, np.maximum.reduceat(paid + here, starts))
        if (raised == of_seat).all():
            return of_seat
        of_seat = raised
    return None


def _of_mentors(problem: Problem, assigned: Assigned, of_seat: Ints) -> Ints:
    """Her cheapest place. One that no candidate asked for is free, and costs only what the others take off it."""
    seats = assigned.seats
    there = np.bincount(seats.seat_of, minlength=problem.mentors)
    cheapest = np.where(there < problem.places, problem.spread * (problem.taken + there), np.iinfo(np.int64).max // 4)
    own = of_seat + problem.spread * (problem.taken[seats.seat_of] + seats.nth)
    np.minimum.at(cheapest, seats.seat_of, own)
    return cheapest
