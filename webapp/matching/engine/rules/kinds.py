"""The three shapes that hard rules have: between two people, of one person alone, and of what both answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.graph import Bools, Ints
from webapp.matching.engine.view import View


class Rule(Protocol):
    """A hard rule of this run."""

    @property
    def code(self) -> RuleCode: ...

    def forbids(self, rows: slice) -> Bools:
        """True where these rows' pairs are removed: rows × columns, or a shape that stretches to it."""


class Between:
    """Certain pairs, one by one."""

    def __init__(self, code: RuleCode, view: View, pairs: Iterable[tuple[str, str]]) -> None:
        """`pairs` are ids of (mentee, mentor); who takes no part is left out."""
        there = {
            (view.row_of[mentee], view.column_of[mentor])
            for mentee, mentor in pairs
            if mentee in view.row_of and mentor in view.column_of
        }
        self.code = code
        self._columns_in_all = len(view.mentors)
        self._rows, self._columns = _two_columns(sorted(there))

    def forbids(self, rows: slice) -> Bools:
        first, last = np.searchsorted(self._rows, [rows.start, rows.stop])
        forbidden = np.zeros((rows.stop - rows.start, self._columns_in_all), dtype=np.bool_)
        forbidden[self._rows[first:last] - rows.start, self._columns[first:last]] = True
        return forbidden


@dataclass(frozen=True, slots=True)
class Alone:
    """Whoever this holds for is in no pair: for each mentee, and for each mentor."""

    code: RuleCode
    mentees: Bools
    mentors: Bools

    def forbids(self, rows: slice) -> Bools:
        return self.mentees[rows, None] | self.mentors[None, :]


@dataclass(frozen=True, slots=True)
class Answers:
    """What both answered does not fit. Whoever did not answer is not checked."""

    code: RuleCode
    check: Callable[[slice], Bools]

    def forbids(self, rows: slice) -> Bools:
        return self.check(rows)


def _two_columns(pairs: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
