"""Pairs whose answers do not fit: language, shifts, units, licence level, time in the profession, employer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from webapp.matching.codes import RuleCode
from webapp.matching.engine.graph import Bools
from webapp.matching.engine.rules.kinds import Answers, Rule
from webapp.matching.engine.view import View, answered, shared
from webapp.matching.people import Participant
from webapp.matching.settings import Gap, Units

Check = Callable[[slice], Bools]


def rules_of_fit(view: View) -> Iterator[Rule]:
    """Those that the organiser has switched on."""
    rules = view.settings.rules
    if rules.common_language:
        yield Answers(RuleCode.LANGUAGE, _nothing_in_common(view, lambda person: person.languages))
    if rules.overlap_minutes:
        yield Answers(RuleCode.OVERLAP, _too_little_overlap(view, rules.overlap_minutes))
    if rules.units == Units.SAME:
        yield Answers(RuleCode.UNIT, _nothing_in_common(view, lambda person: person.units))
    if rules.units == Units.DIFFERENT:
        yield Answers(RuleCode.UNIT, something_in_common(view, lambda person: person.units))
    if rules.levels.is_set():
        yield Answers(RuleCode.LEVEL, _outside(view, rules.levels, lambda person: person.level))
    if rules.months.is_set():
        yield Answers(RuleCode.SENIORITY, _outside(view, rules.months, lambda person: person.months))
    if not rules.other_employers:
        yield Answers(RuleCode.EMPLOYER, different(view, lambda person: person.employer))


def something_in_common(view: View, of: Callable[[Participant], Iterable[str]]) -> Check:
    """Pairs that share at least one of these."""
    mine, theirs = shared(_ones(view.mentees, of), _ones(view.mentors, of))
    return lambda rows: np.asarray(mine[rows] @ theirs > 0)


def different(view: View, of: Callable[[Participant], str | None]) -> Check:
    """Pairs of whom both said it, and not the same."""
    values = {of(person) for side in (view.mentees, view.mentors) for person in side} - {None}
    number = {value: index for index, value in enumerate(sorted(filter(None, values)))}
    mine, theirs = (_numbers([number.get(of(p) or "") for p in side]) for side in (view.mentees, view.mentors))
    return lambda rows: np.abs(mine[rows, None] - theirs[None, :]) > 0  # NaN, not said, is never more


def _nothing_in_common(view: View, of: Callable[[Participant], Iterable[str]]) -> Check:
    common = something_in_common(view, of)
    mine, theirs = (answered(any(True for _ in of(p)) for p in side) for side in (view.mentees, view.mentors))
    return lambda rows: ~common(rows) & mine[rows, None] & theirs[None, :]


def _too_little_overlap(view: View, minutes: int) -> Check:
    mine, theirs = view.gave_shifts
    return lambda rows: (view.overlap(rows) < minutes) & mine[rows, None] & theirs[None, :]


def _outside(view: View, gap: Gap, of: Callable[[Participant], int | None]) -> Check:
    mine, theirs = _numbers([of(each) for each in view.mentees]), _numbers([of(each) for each in view.mentors])
    least = -np.inf if gap.least is None else gap.least
    most = np.inf if gap.most is None else gap.most

    def check(rows: slice) -> Bools:
        ahead = theirs[None, :] - mine[rows, None]
        return (ahead < least) | (ahead > most)

    return check


def _ones(people: Sequence[Participant], of: Callable[[Participant], Iterable[str]]) -> list[dict[str, int]]:
    return [dict.fromkeys(of(person), 1) for person in people]


def _numbers(values: Sequence[int | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
