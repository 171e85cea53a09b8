"""Which hard rules one pair would break."""

from __future__ import annotations

from collections.abc import Iterator, Set

from webapp.matching.closeup.explaining import Reader
from webapp.matching.codes import RuleCode
from webapp.matching.cohort import Cohort
from webapp.matching.people import Demand, DemandKind, Leaning, Mentee, Mentor, Participant
from webapp.matching.settings import Gap, Settings, Units, Weight
from webapp.matching.vocabulary import Vocabulary
from webapp.matching.week import QUARTER, quarters


def broken_rules(
    cohort: Cohort, settings: Settings, mentee: Mentee, mentor: Mentor, reader: Reader | None = None
) -> frozenset[RuleCode]:
    """Empty when the two may be a pair. Places are not looked at: they change while others are matched.

    Whoever asks about many pairs gives a `reader` of the same cohort and settings, since making one reads everybody.
    """
    return frozenset(
        {
            *_between(cohort, settings, mentee, mentor),
            *_alone(settings, mentee, mentor),
            *_fit(settings, mentee, mentor),
            *(_code(demand) for demand in mentee.demands if not _meets(cohort.vocabulary, mentee, mentor, demand)),
            *_nothing_of_a_must(settings, mentee, mentor, reader or Reader(cohort, settings)),
        }
    )


def _between(cohort: Cohort, settings: Settings, mentee: Mentee, mentor: Mentor) -> Iterator[RuleCode]:
    above_mentee, above_mentor = cohort.line_above(mentee.id), cohort.line_above(mentor.id)
    found = {
        RuleCode.SAME_PERSON: mentee.id == mentor.id,
        RuleCode.LINE_MANAGER: mentor.id in above_mentee[:1] or mentee.id in above_mentor[:1],
        RuleCode.REPORTING_CHAIN: mentor.id in above_mentee[1:] or mentee.id in above_mentor[1:],
        RuleCode.ASSESSOR: mentor.id in mentee.assessors,
        RuleCode.BLOCKED: mentor.id in mentee.blocks or mentee.id in mentor.blocks,
        RuleCode.MENTOR_VETO: mentee.id in mentor.vetoes,
        RuleCode.OWN_WISH: mentor.id in mentee.vetoes,
        RuleCode.REPEAT: not settings.rules.repeats and (mentee.id, mentor.id) in cohort.earlier,
    }
    return (code for code, broken in found.items() if broken)


def _alone(settings: Settings, mentee: Mentee, mentor: Mentor) -> Iterator[RuleCode]:
    if mentee.opted_out or mentor.opted_out:
        yield RuleCode.OPTED_OUT
    if mentee.paused or mentor.paused:
        yield RuleCode.PAUSED
    if settings.rules.training and not mentor.trained:
        yield RuleCode.TRAINING


def _fit(settings: Settings, mentee: Mentee, mentor: Mentor) -> Iterator[RuleCode]:
    rules = settings.rules
    found = {
        RuleCode.LANGUAGE: rules.common_language and _apart(mentee.languages, mentor.languages),
        RuleCode.OVERLAP: _meet_too_little(mentee, mentor, rules.overlap_minutes),
        RuleCode.UNIT: (rules.units == Units.SAME and _apart(mentee.units, mentor.units))
        or (rules.units == Units.DIFFERENT and bool(mentee.units & mentor.units)),
        RuleCode.LEVEL: _outside(rules.levels, mentee.level, mentor.level),
        RuleCode.SENIORITY: _outside(rules.months, mentee.months, mentor.months),
        RuleCode.EMPLOYER: not rules.other_employers
        and None not in (mentee.employer, mentor.employer)
        and mentee.employer != mentor.employer,
    }
    return (code for code, broken in found.items() if broken)


def _nothing_of_a_must(settings: Settings, mentee: Mentee, mentor: Mentor, reader: Reader) -> Iterator[RuleCode]:
    if Weight.MUST in settings.weights.values():
        for part in reader.explain(mentee, mentor).parts:
            if part.weight == Weight.MUST and part.points == 0:
                yield RuleCode(f"must_{part.criterion.value}")


def _apart(mine: Set[str], theirs: Set[str]) -> bool:
    return bool(mine) and bool(theirs) and not mine & theirs


def _meet_too_little(mentee: Participant, mentor: Participant, minutes: int) -> bool:
    shared = len(quarters(mentee.shifts) & quarters(mentor.shifts)) * QUARTER
    return bool(mentee.shifts) and bool(mentor.shifts) and shared < minutes


def _outside(gap: Gap, mine: int | None, theirs: int | None) -> bool:
    if mine is None or theirs is None:
        return False
    ahead = theirs - mine
    return (gap.least is not None and ahead < gap.least) or (gap.most is not None and ahead > gap.most)


def _code(demand: Demand) -> RuleCode:
    return RuleCode.BACKGROUND if demand.kind == DemandKind.BACKGROUND else RuleCode.OWN_WISH


def _meets(vocabulary: Vocabulary, mentee: Mentee, mentor: Mentor, demand: Demand) -> bool:
    match demand.kind:
        case DemandKind.TAG:
            wanted = set(vocabulary.tags([demand.value]).values())
            return wanted <= set(vocabulary.tags(mentor.expertise).values())
        case DemandKind.LANGUAGE:
            return demand.value in mentor.languages
        case DemandKind.SAME_SITE:
            return mentee.site is None or mentee.site == mentor.site
        case DemandKind.OTHER_UNIT:
            return not mentee.units & mentor.units
        case DemandKind.BACKGROUND:
            return background_fits(mentee, mentor)


def background_fits(mentee: Mentee, mentor: Mentor) -> bool:
    """Whether a mentor's background is what the mentee asks for; not when the mentor said nothing."""
    if mentee.leaning == Leaning.EITHER or not mentee.background:
        return True
    return bool(mentor.background) and bool(mentee.background & mentor.background) == (mentee.leaning == Leaning.LIKE)
