"""What people chose themselves: whom they named, and a background they asked for; and whether the two are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from webapp.matching.engine.graph import Bools
from webapp.matching.engine.rules.fit import something_in_common
from webapp.matching.engine.view import Numbers, View, answered
from webapp.matching.people import Leaning, Participant
from webapp.matching.wishes import worth_of_wish


class OwnChoices:
    """Ranked wishes of both sides and the mentee's leaning in background, averaged over those that were given."""

    def __init__(self, view: View) -> None:
        self._mentees_wish, self._mentors_wish = (
            _wishes(view.mentees, view.column_of),
            _wishes(view.mentors, view.row_of).T.tocsr(),
        )
        self._mentee_named = answered(bool(each.wishes) for each in view.mentees)
        self._mentor_named = answered(bool(each.wishes) for each in view.mentors)
        self._share = something_in_common(view, lambda person: person.background)
        leans = [each.leaning if each.background else Leaning.EITHER for each in view.mentees]
        self._leans = answered(each != Leaning.EITHER for each in leans)
        self._wants_like = answered(each == Leaning.LIKE for each in leans)
        self._said = answered(bool(each.background) for each in view.mentors)

    def __call__(self, rows: slice) -> tuple[Numbers, Bools]:
        background = self._leans[rows, None] & self._said[None, :]
        fits = background & (self._share(rows) == self._wants_like[rows, None])
        points = (self._mentees_wish[rows] + self._mentors_wish[rows]).toarray() + fits
        given = background.astype(np.float64) + self._mentee_named[rows, None] + self._mentor_named[None, :]
        known = given > 0
        points /= np.maximum(given, 1, out=given)
        return points, known


class Novelty:
    """Whether a mentee who had mentors before gets a new one."""

    def __init__(self, view: View) -> None:
        there = [
            (view.row_of[mentee], view.column_of[mentor])
            for mentee, mentor in sorted(view.cohort.earlier)
            if mentee in view.row_of and mentor in view.column_of
        ]
        had = {mentee for mentee, _ in view.cohort.earlier}
        self._had = answered(mentee.id in had for mentee in view.mentees)
        self._again = _matrix([(row, column, 1.0) for row, column in there], view.shape)

    def __call__(self, rows: slice) -> tuple[Numbers, Bools]:
        return 1.0 - self._again[rows].toarray(), self._had[rows, None]


def _wishes(people: Sequence[Participant], number: Mapping[str, int]) -> csr_array:
    found = [
        (row, number[other], float(worth_of_wish(rank)))
        for row, person in enumerate(people)
        for rank, other in enumerate(dict.fromkeys(person.wishes))
        if other in number
    ]
    return _matrix(found, (len(people), len(number)))


def _matrix(entries: Iterable[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    found = list(entries)
    rows, columns, values = zip(*found, strict=True) if found else ((), (), ())
    return csr_array((np.array(values, dtype=np.float64), (rows, columns)), shape=shape)
