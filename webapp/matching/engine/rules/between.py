"""Pairs that cannot be because of what is between the two: the line, an assessment, a block, an earlier pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webapp.matching.codes import RuleCode
from webapp.matching.engine.rules.kinds import Between
from webapp.matching.engine.view import View
from webapp.matching.people import Participant

Pairs = Iterable[tuple[str, str]]


def rules_between(view: View) -> list[Between]:
    """Those that always hold, and no repeats where the organiser wants none."""
    found = [
        Between(RuleCode.SAME_PERSON, view, ((mentee.id, mentee.id) for mentee in view.mentees)),
        Between(RuleCode.LINE_MANAGER, view, _next_in_line(view)),
        Between(RuleCode.REPORTING_CHAIN, view, _further_in_line(view)),
        Between(RuleCode.ASSESSOR, view, ((each.id, by) for each in view.mentees for by in each.assessors)),
        Between(RuleCode.BLOCKED, view, [*_named_by(view.mentees, "blocks"), *_turned(view.mentors, "blocks")]),
        Between(RuleCode.MENTOR_VETO, view, _turned(view.mentors, "vetoes")),
        Between(RuleCode.OWN_WISH, view, _named_by(view.mentees, "vetoes")),
    ]
    if not view.settings.rules.repeats:
        found.append(Between(RuleCode.REPEAT, view, view.cohort.earlier))
    return found


def _next_in_line(view: View) -> Iterator[tuple[str, str]]:
    """A line manager and who reports to her, whichever of them is the mentor."""
    for person, manager in view.cohort.managers.items():
        if person != manager:  # a slip in the list, and no reason of its own
            yield person, manager
            yield manager, person


def _further_in_line(view: View) -> Iterator[tuple[str, str]]:
    for mentee in view.mentees:
        for above in view.cohort.line_above(mentee.id)[1:]:
            yield mentee.id, above
    for mentor in view.mentors:
        for above in view.cohort.line_above(mentor.id)[1:]:
            yield above, mentor.id


def _named_by(people: Iterable[Participant], what: str) -> Iterator[tuple[str, str]]:
    return ((person.id, other) for person in people for other in getattr(person, what))


def _turned(people: Iterable[Participant], what: str) -> Iterator[tuple[str, str]]:
    return ((other, person) for person, other in _named_by(people, what))
