"""Rules that could not be checked for somebody, because nobody said what they ask about."""

from __future__ import annotations

from webapp.matching.cohort import Cohort
from webapp.matching.settings import Settings, Units


def unchecked(cohort: Cohort, settings: Settings) -> dict[str, int]:
    """For each rule that holds, how many people it could not be checked for; rules checked for everybody are left
    out. Nobody knows whether somebody without a line manager has none, or an import has lost it: they count."""
    people = {person.id: person for person in (*cohort.mentees, *cohort.mentors)}.values()
    rules = settings.rules
    counts = {
        "manager": sum(1 for person in people if person.id not in cohort.managers),
        "language": sum(1 for person in people if not person.languages) * rules.common_language,
        "overlap": sum(1 for person in people if not person.shifts) * bool(rules.overlap_minutes),
        "unit": sum(1 for person in people if not person.units) * (rules.units != Units.ANY),
        "level": sum(1 for person in people if person.level is None) * rules.levels.is_set(),
        "seniority": sum(1 for person in people if person.months is None) * rules.months.is_set(),
        "employer": sum(1 for person in people if person.employer is None) * (not rules.other_employers),
    }
    return {rule: count for rule, count in counts.items() if count}
