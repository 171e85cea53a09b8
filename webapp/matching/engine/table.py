"""The score of every pair, with the rules that removed the others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.graph import FORBIDDEN, Bools, Int32s, Ints
from webapp.matching.engine.rules import standing_rules
from webapp.matching.engine.scores import Measure, measures
from webapp.matching.engine.view import View
from webapp.matching.settings import FULL_MARKS, UNKNOWN, Criterion, Weight

BLOCK = 1 << 18  # pairs worked out together: small enough for a processor's cache


class Table:
    """All pairs of a run. `scores` is filled by `build`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.rules = standing_rules(view)
        self._measures = measures(view)
        self.scores: Int32s = np.full(view.shape, FORBIDDEN, dtype=np.int32)

    def build(self, say: Callable[[float], None]) -> Table:
        """Work out every pair, telling which share is done."""
        mentees, mentors = self.view.shape
        step = max(1, BLOCK // max(1, mentors))
        for first in range(0, mentees, step):
            rows = slice(first, min(first + step, mentees))
            self.scores[rows] = self._block(rows)
            say(rows.stop / mentees)
        return self

    def removed_by(self, row: int) -> dict[RuleCode, Bools]:
        """For one mentee: each rule with the mentors whom it removes. Rules of one name are one."""
        rows = slice(row, row + 1)
        found: dict[RuleCode, Bools] = {}
        for code, forbidden in self._forbidden(rows, self._parts(rows)):
            removed = np.broadcast_to(forbidden, (1, len(self.view.mentors)))[0]
            found[code] = found[code] | removed if code in found else removed
        return {code: removed for code, removed in found.items() if removed.any()}

    def _block(self, rows: slice) -> Int32s:
        shape = rows.stop - rows.start, len(self.view.mentors)
        earned, possible = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        parts = self._parts(rows)
        for criterion, (points, known) in parts.items():
            factor = self.view.settings.weight(criterion).factor
            earned += factor * (points * known)
            possible += factor * known
        scores = np.where(possible > 0, earned // np.maximum(possible, 1), UNKNOWN).astype(np.int32)
        for _, forbidden in self._forbidden(rows, parts):
            scores[np.broadcast_to(forbidden, shape)] = FORBIDDEN
        return scores

    def _parts(self, rows: slice) -> dict[Criterion, tuple[Ints, Bools]]:
        """Points × 10⁶, rounded down, so that parts and sum are whole numbers that every machine agrees about."""
        return {criterion: _whole(measure, rows) for criterion, measure in self._measures.items()}

    def _forbidden(self, rows: slice, parts: dict[Criterion, tuple[Ints, Bools]]) -> list[tuple[RuleCode, Bools]]:
        found = [(rule.code, rule.forbids(rows)) for rule in self.rules]
        for criterion, (points, known) in parts.items():
            if self.view.settings.weight(criterion) == Weight.MUST:
                found.append((RuleCode(f"must_{criterion.value}"), known & (points == 0)))
        return found


def _whole(measure: Measure, rows: slice) -> tuple[Ints, Bools]:
    share, known = measure(rows)
    # Shares are quotients of small whole numbers: what rounding took off just below a whole point is given back.
    return np.floor(share * FULL_MARKS + 1e-6).astype(np.int64), known
