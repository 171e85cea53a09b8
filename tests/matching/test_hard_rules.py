"""Each hard rule removes the pair that it is about, and not the same pair without its reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matching.cohorts import cohort, mentee, mentor
from webapp.matching import (
    Cohort,
    Criterion,
    Demand,
    DemandKind,
    Gap,
    Goal,
    Leaning,
    RuleCode,
    Rules,
    Settings,
    Units,
    UsualShift,
    Weight,
    WhyNobody,
    broken_rules,
    solve,
)

MORNING, NIGHT = UsualShift(0, 420, 480), UsualShift(0, 1200, 480)
MARY_TO_BOSS = {"mary": "ward", "ward": "ana"}


def pair(mine: dict[str, Any], theirs: dict[str, Any], known: dict[str, Any] | None = None) -> Cohort:
    return cohort([mentee(**mine)], [mentor(**theirs)], **(known or {}))


def must(kind: DemandKind, value: str = "") -> frozenset[Demand]:
    return frozenset({Demand(kind, value)})


def ruled(**rules: Any) -> Settings:
    return Settings(rules=Rules(**rules))


BROKEN: dict[str, tuple[RuleCode, Cohort, Settings]] = {
    "oneself": (RuleCode.SAME_PERSON, pair({"person": "ana"}, {}), Settings()),
    "her line manager": (RuleCode.LINE_MANAGER, pair({}, {}, {"managers": {"mary": "ana"}}), Settings()),
    "somebody she manages": (RuleCode.LINE_MANAGER, pair({}, {}, {"managers": {"ana": "mary"}}), Settings()),
    "her manager's manager": (RuleCode.REPORTING_CHAIN, pair({}, {}, {"managers": MARY_TO_BOSS}), Settings()),
    "who reports to her in the end": (
        RuleCode.REPORTING_CHAIN,
        pair({}, {}, {"managers": {"ana": "ward", "ward": "mary"}}),
        Settings(),
    ),
    "managers in a circle": (
        RuleCode.REPORTING_CHAIN,
        pair({}, {}, {"managers": {"mary": "ward", "ward": "ana", "ana": "other", "other": "mary"}}),
        Settings(),
    ),
    "her assessor": (RuleCode.ASSESSOR, pair({"assessors": frozenset({"ana"})}, {}), Settings()),
    "blocked by her": (RuleCode.BLOCKED, pair({"blocks": frozenset({"ana"})}, {}), Settings()),
    "blocked by the mentor": (RuleCode.BLOCKED, pair({}, {"blocks": frozenset({"mary"})}), Settings()),
    "the mentor's veto": (RuleCode.MENTOR_VETO, pair({}, {"vetoes": frozenset({"mary"})}), Settings()),
    "her own veto": (RuleCode.OWN_WISH, pair({"vetoes": frozenset({"ana"})}, {}), Settings()),
    "opted out": (RuleCode.OPTED_OUT, pair({}, {"opted_out": True}), Settings()),
    "paused": (RuleCode.PAUSED, pair({}, {"paused": True}), Settings()),
    "no common language": (
        RuleCode.LANGUAGE,
        pair({"languages": frozenset({"en"})}, {"languages": frozenset({"es"})}),
        Settings(),
    ),
    "never at work together": (RuleCode.OVERLAP, pair({"shifts": (MORNING,)}, {"shifts": (NIGHT,)}), Settings()),
    "not of her unit": (
        RuleCode.UNIT,
        pair({"units": frozenset({"a"})}, {"units": frozenset({"b"})}),
        ruled(units=Units.SAME),
    ),
    "of her unit": (
        RuleCode.UNIT,
        pair({"units": frozenset({"a", "b"})}, {"units": frozenset({"b"})}),
        ruled(units=Units.DIFFERENT),
    ),
    "licence too low": (RuleCode.LEVEL, pair({"level": 2}, {"level": 2}), ruled(levels=Gap(least=1))),
    "too far ahead": (RuleCode.SENIORITY, pair({"months": 6}, {"months": 400}), ruled(months=Gap(12, 120))),
    "not trained": (RuleCode.TRAINING, pair({}, {}), ruled(training=True)),
    "a pair before": (RuleCode.REPEAT, pair({}, {}, {"earlier": frozenset({("mary", "ana")})}), Settings()),
    "of another employer": (RuleCode.EMPLOYER, pair({"employer": "here"}, {"employer": "agency"}), Settings()),
    "does not know what she must learn": (
        RuleCode.OWN_WISH,
        pair({"demands": must(DemandKind.TAG, "dialysis")}, {"expertise": frozenset({"wounds"})}),
        Settings(),
    ),
    "does not speak what she asks for": (
        RuleCode.OWN_WISH,
        pair({"demands": must(DemandKind.LANGUAGE, "tl")}, {"languages": frozenset({"en"})}),
        Settings(),
    ),
    "not at her site": (
        RuleCode.OWN_WISH,
        pair({"demands": must(DemandKind.SAME_SITE), "site": "north"}, {"site": "south"}),
        Settings(),
    ),
    "not away from her unit": (
        RuleCode.OWN_WISH,
        pair({"demands": must(DemandKind.OTHER_UNIT), "units": frozenset({"a"})}, {"units": frozenset({"a"})}),
        Settings(),
    ),
    "not of the background she asks for": (
        RuleCode.BACKGROUND,
        pair(
            {
                "demands": must(DemandKind.BACKGROUND),
                "leaning": Leaning.LIKE,
                "background": frozenset({"trained abroad"}),
            },
            {},
        ),
        Settings(),
    ),
    "nothing of a must": (
        RuleCode.MUST_GOALS,
        pair({"goals": (Goal("dialysis"),)}, {"expertise": frozenset({"wounds"})}),
        Settings(weights={Criterion.GOALS: Weight.MUST}),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_hard_rule_leaves_no_pair_and_says_why(name: str) -> None:
    code, people, settings = BROKEN[name]
    assert broken_rules(people, settings, people.mentees[0], people.mentors[0]) == {code}
    found = solve(people, settings)
    assert not found.proposals
    assert found.unmatched[0].removed == {code.shown_as: 1}


@pytest.mark.parametrize("mine", ["mary"])
def test_two_of_whom_nothing_is_known_may_be_a_pair(mine: str) -> None:
    found = solve(cohort(), Settings())
    assert found.pairs == {mine: "ana"}
    assert found.proposals[0].score == 500_000


def test_exactly_the_overlap_that_is_asked_for_is_enough() -> None:
    half_an_hour = pair({"shifts": (UsualShift(0, 420, 480),)}, {"shifts": (UsualShift(0, 870, 480),)})
    assert solve(half_an_hour, ruled(overlap_minutes=30)).pairs == {"mary": "ana"}
    assert not solve(half_an_hour, ruled(overlap_minutes=31)).pairs


def test_what_nobody_answered_is_not_checked_and_said() -> None:
    strict = ruled(levels=Gap(least=1), units=Units.SAME, months=Gap(most=3))
    found = solve(cohort([mentee(languages=frozenset({"en"}))]), strict)
    assert found.pairs == {"mary": "ana"}
    assert found.unchecked == {
        "manager": 2,
        "language": 1,
        "overlap": 2,
        "unit": 2,
        "level": 2,
        "seniority": 2,
        "employer": 2,
    }


def test_a_mentee_who_pauses_is_told_apart_from_one_without_a_mentor() -> None:
    assert solve(cohort([mentee(paused=True)]), Settings()).unmatched[0].why == WhyNobody.NOT_TAKING_PART


def test_every_rule_has_an_example() -> None:
    shown = {RuleCode.NOT_AVAILABLE, RuleCode.NO_ROOM, RuleCode.MUST_OWN_CHOICES}
    musts = {code for code in RuleCode if code.value.startswith("must_")}
    assert {code for code, _, _ in BROKEN.values()} == set(RuleCode) - shown - musts | {RuleCode.MUST_GOALS}
