"""For each pair: its place in the mentee's list, the best of all other mentors, and why not that one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Bools, Int32s, Ints
from webapp.matching.engine.view import View
from webapp.matching.outcome import Alternative, Proposal, WhyNot

BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Drawn:
    """All pairs of a run: for each row its column or NOBODY, which rows stay whatever is drawn, and how many places
    each column has left."""

    scores: Int32s
    mentors: Ints
    stays: Bools
    left: Ints


def proposals(view: View, drawn: Drawn) -> list[Proposal]:
    """One for each matched mentee, in the run's order."""
    matched = np.nonzero(drawn.mentors != NOBODY)[0]
    cheapest = _who_loses_least(drawn)
    found = []
    for row, rank, best in _ranked(drawn, matched):
        column = int(drawn.mentors[row])
        score = int(drawn.scores[row, column])
        found.append(
            Proposal(
                view.mentees[row].id,
                view.mentors[column].id,
                None if score == FORBIDDEN else score,
                None if score == FORBIDDEN else rank,
                bool(drawn.stays[row]),
                _alternative(view, drawn, row, best, cheapest),
            )
        )
    return found


def _ranked(drawn: Drawn, matched: Ints) -> Iterator[tuple[int, int, int]]:
    """Each matched row with its own mentor's rank and the best other column (NOBODY where there is none)."""
    step = max(1, BLOCK // max(1, drawn.scores.shape[1]))
    for first in range(0, len(matched), step):
        rows = matched[first : first + step]
        scores, here = drawn.scores[rows], drawn.mentors[rows]
        own = scores[np.arange(len(rows)), here]
        ranks = 1 + (scores > own[:, None]).sum(axis=1)
        scores[np.arange(len(rows)), here] = FORBIDDEN
        best = scores.argmax(axis=1)
        best = np.where(scores[np.arange(len(rows)), best] == FORBIDDEN, NOBODY, best)
        yield from zip(rows.tolist(), ranks.tolist(), best.tolist(), strict=True)


def _alternative(
    view: View, drawn: Drawn, row: int, best: int, cheapest: dict[int, tuple[int, int | None]]
) -> Alternative | None:
    if best == NOBODY:
        return None
    mentor, score = view.mentors[best].id, int(drawn.scores[row, best])
    if score <= drawn.scores[row, drawn.mentors[row]]:
        return Alternative(mentor, score, WhyNot.LOWER)
    if drawn.left[best] > 0:
        return Alternative(mentor, score, WhyNot.TAKEN if drawn.stays[row] else WhyNot.SPREAD)
    if best not in cheapest:
        return Alternative(mentor, score, WhyNot.TAKEN)
    displaced, loss = cheapest[best]
    return Alternative(mentor, score, WhyNot.FULL, view.mentees[displaced].id, loss)


def _who_loses_least(drawn: Drawn) -> dict[int, tuple[int, int | None]]:
    """For each full column: which of its rows would lose least by moving to the best place that is free, and how
    much; None when there is no place for that row."""
    movable = np.nonzero((drawn.mentors != NOBODY) & ~drawn.stays)[0]
    free = np.nonzero(drawn.left > 0)[0]
    step = max(1, BLOCK // max(1, len(free)))
    found: dict[int, tuple[int, int | None]] = {}
    for first in range(0, len(movable), step):
        rows = movable[first : first + step]
        elsewhere = drawn.scores[np.ix_(rows, free)].max(axis=1, initial=FORBIDDEN)
        own = drawn.scores[rows, drawn.mentors[rows]]
        for row, better, score in zip(rows.tolist(), elsewhere.tolist(), own.tolist(), strict=True):
            column = int(drawn.mentors[row])
            loss = None if better == FORBIDDEN else score - better
            if column not in found or _smaller(loss, found[column][1]):
                found[column] = row, loss
    return found


def _smaller(loss: int | None, other: int | None) -> bool:
    return loss is not None and (other is None or loss < other)
