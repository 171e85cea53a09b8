"""Whom else a mentee may have: for a coordinator who replaces a mentor, and for whoever looks for one alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from webapp.matching.closeup import Explanation, Reader, broken_rules
from webapp.matching.codes import RuleCode
from webapp.matching.cohort import Cohort
from webapp.matching.people import Mentee, Mentor
from webapp.matching.settings import Settings


@dataclass(frozen=True, slots=True)
class Fit:
    """A mentor for a mentee: why, and for how many more mentees there is a place beside pairs and offers."""

    mentor: str
    explanation: Explanation
    places: int


def fitting_mentors(cohort: Cohort, settings: Settings, mentee: str) -> list[Fit]:
    """Every mentor whom the rules allow this mentee, those who fit best first; none for who is not in the cohort.

    Those without a place are there too: somebody may make one.
    """
    reader = Reader(cohort, settings)
    taken = Counter(pair.mentor for pair in cohort.standing if pair.mentee != mentee)
    found = []
    for one in cohort.mentees:
        if one.id == mentee:
            for other in cohort.mentors:
                if not broken_rules(cohort, settings, one, other, reader):
                    left = other.capacity - other.active - taken[other.id]
                    found.append(Fit(other.id, reader.explain(one, other), max(0, left)))
    return sorted(found, key=lambda fit: (-fit.explanation.score, fit.mentor))


def why_not(cohort: Cohort, settings: Settings, mentee: str, mentor: str) -> frozenset[RuleCode]:
    """The rules against one pair under the names that may be shown; not available, when one does not take part."""
    one, other = _the_two(cohort, mentee, mentor)
    if one is None or other is None:
        return frozenset({RuleCode.NOT_AVAILABLE})
    return frozenset(code.shown_as for code in broken_rules(cohort, settings, one, other))


def still_allowed(cohort: Cohort, settings: Settings, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (mentee, mentor) whom no rule keeps from one another now; places are not looked at."""
    reader = Reader(cohort, settings)
    mentees, mentors = {each.id: each for each in cohort.mentees}, {each.id: each for each in cohort.mentors}
    there = [(one, other) for one, other in pairs if one in mentees and other in mentors]
    return {
        (one, other) for one, other in there if not broken_rules(cohort, settings, mentees[one], mentors[other], reader)
    }


def _the_two(cohort: Cohort, mentee: str, mentor: str) -> tuple[Mentee | None, Mentor | None]:
    one = next((each for each in cohort.mentees if each.id == mentee), None)
    return one, next((each for each in cohort.mentors if each.id == mentor), None)
