"""The score of every pair, with the rules that removed the others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.graph import FORBIDDEN, Bools, Int32s
from webapp.matching.engine.rules import standing_rules
from webapp.matching.engine.scores import Measure, measures
from webapp.matching.engine.view import Numbers, View
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
        earned, possible = np.zeros(shape), np.zeros(shape)
        parts = self._parts(rows)
        for criterion, (points, known) in parts.items():
            worth = known * np.float64(self.view.settings.weight(criterion).factor)
            possible += worth
            earned += points * worth
        earned[possible == 0] = UNKNOWN
        np.maximum(possible, 1, out=possible)
        earned /= possible
        scores: Int32s = np.floor(earned, out=earned).astype(np.int32)
        for _, forbidden in self._forbidden(rows, parts):
            scores[np.broadcast_to(forbidden, shape)] = FORBIDDEN
        return scores

    def _parts(self, rows: slice) -> dict[Criterion, tuple[Numbers, Bools]]:
        """Points × 10⁶, rounded down, so that parts and sums are whole numbers that every machine agrees about."""
        return {criterion: _whole(measure, rows) for criterion, measure in self._measures.items()}

    def _forbidden(self, rows: slice, parts: dict[Criterion, tuple[Numbers, Bools]]) -> list[tuple[RuleCode, Bools]]:
        found = [(rule.code, rule.forbids(rows)) for rule in self.rules]
        for criterion, (points, known) in parts.items():
            if self.view.settings.weight(criterion) == Weight.MUST:
                found.append((RuleCode(f"must_{criterion.value}"), known & (points == 0)))
        return found


def _whole(measure: Measure, rows: slice) -> tuple[Numbers, Bools]:
    share, known = measure(rows)
    share *= FULL_MARKS
    share += 1e-6  # quotients of small whole numbers: what rounding took off just below a whole point is given back
    return np.floor(share, out=share), known
