"""A mentee's own musts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.graph import Bools
from webapp.matching.engine.view import View
from webapp.matching.people import Demand, DemandKind, Leaning, Mentee, Mentor

Meets = Callable[[Mentee, Mentor], bool]


class OwnDemands:
    """Mentors who do not meet what a mentee asked for as a must. With `private` only those about background."""

    def __init__(self, view: View, *, private: bool) -> None:
        self.code = RuleCode.BACKGROUND if private else RuleCode.OWN_WISH
        self._view = view
        self._private = private
        self._cache: dict[tuple[object, ...], Bools] = {}

    def forbids(self, rows: slice) -> Bools:
        forbidden = np.zeros((rows.stop - rows.start, len(self._view.mentors)), dtype=np.bool_)
        for row, mentee in enumerate(self._view.mentees[rows]):
            for demand in mentee.demands:
                if (demand.kind == DemandKind.BACKGROUND) == self._private:
                    forbidden[row] |= self._unmet(mentee, demand)
        return forbidden

    def _unmet(self, mentee: Mentee, demand: Demand) -> Bools:
        """Each mentor who does not meet it; worked out once for all mentees of whom it asks the same."""
        asked = (demand, *_of_the_mentee(mentee, demand.kind))
        if asked not in self._cache:
            meets = self._how(demand)
            unmet = (not meets(mentee, mentor) for mentor in self._view.mentors)
            self._cache[asked] = np.fromiter(unmet, dtype=np.bool_, count=len(self._view.mentors))
        return self._cache[asked]

    def _how(self, demand: Demand) -> Meets:
        wanted = self._view.tags([demand.value])
        how: dict[DemandKind, Meets] = {
            DemandKind.TAG: lambda _, mentor: wanted <= self._view.tags(mentor.expertise),
            DemandKind.LANGUAGE: lambda _, mentor: demand.value in mentor.languages,
            DemandKind.SAME_SITE: lambda mentee, mentor: mentee.site is None or mentee.site == mentor.site,
            DemandKind.OTHER_UNIT: lambda mentee, mentor: not mentee.units & mentor.units,
            DemandKind.BACKGROUND: _background_fits,
        }
        return how[demand.kind]


def _background_fits(mentee: Mentee, mentor: Mentor) -> bool:
    if mentee.leaning == Leaning.EITHER or not mentee.background:
        return True
    return bool(mentor.background) and bool(mentee.background & mentor.background) == (mentee.leaning == Leaning.LIKE)


def _of_the_mentee(mentee: Mentee, kind: DemandKind) -> tuple[object, ...]:
    match kind:
        case DemandKind.SAME_SITE:
            return (mentee.site,)
        case DemandKind.OTHER_UNIT:
            return (mentee.units,)
        case DemandKind.BACKGROUND:
            return mentee.background, mentee.leaning
        case _:
            return ()
