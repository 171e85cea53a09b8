"""Rules that could not be checked for somebody, because nobody said what they ask about."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.matching.cohort import Cohort
from webapp.matching.people import Participant
from webapp.matching.settings import Settings, Units


def unchecked(cohort: Cohort, settings: Settings) -> dict[str, int]:
    """For each rule that holds, how many people it could not be checked for; rules checked for everybody are left
    out. Somebody without a line manager counts even where they are nobody's mentee: an import may have lost it."""
    people = {person.id: person for person in (*cohort.mentees, *cohort.mentors)}.values()
    counts = {name: sum(1 for person in people if name in _missing(person, cohort, settings)) for name in NAMES}
    return {name: count for name, count in counts.items() if count}


NAMES = ("manager", "language", "overlap", "unit", "level", "seniority", "employer")


def _missing(person: Participant, cohort: Cohort, settings: Settings) -> Iterator[str]:
    rules = settings.rules
    asked = {
        "manager": person.id not in cohort.managers,
        "language": rules.common_language and not person.languages,
        "overlap": bool(rules.overlap_minutes) and not person.shifts,
        "unit": rules.units != Units.ANY and not person.units,
        "level": rules.levels.is_set() and person.level is None,
        "seniority": rules.months.is_set() and person.months is None,
        "employer": not rules.other_employers and person.employer is None,
    }
    return (name for name, missing in asked.items() if missing)
