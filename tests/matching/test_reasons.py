"""Everybody learns why: the pair, the mentee who has nobody, and nobody's secret with it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from tests.matching.cohorts import any_settings, cohort, cohorts, mentee, mentor
from webapp.matching import (
    Cohort,
    Criterion,
    Goal,
    Leaning,
    Mode,
    Opening,
    Outcome,
    Reader,
    Refused,
    RuleCode,
    Rules,
    Settings,
    Slider,
    Span,
    Units,
    Unmatched,
    UsualShift,
    Vocabulary,
    Weight,
    WhyNobody,
    WhyNot,
    broken_rules,
    solve,
)

GOALS_ONLY = Settings(weights={Criterion.GOALS: Weight.HIGH}, load=Weight.OFF)
A, B = frozenset({"a"}), frozenset({"b"})


@given(cohorts(), any_settings)
@settings(max_examples=120, deadline=None)
def test_nobody_is_unmatched_without_a_reason(people: Cohort, chosen: Settings) -> None:
    try:
        found = solve(people, chosen)
    except Refused as refused:
        assert people.faults(chosen) == list(refused.faults)
        return
    everybody = [each.mentee for each in (*found.proposals, *found.unmatched)]
    assert sorted(everybody) == sorted(each.id for each in people.mentees)
    for each in (found.proposals, found.unmatched):
        assert [one.mentee for one in each] == sorted(one.mentee for one in each)
    for left in found.unmatched:
        holds(people, chosen, left, with_places(people, found))


def holds(people: Cohort, chosen: Settings, left: Unmatched, roomy: set[str]) -> None:
    """What is said of one unmatched mentee is true, by the rules read one by one. `roomy` are the mentors for whom
    the run had a place."""
    allowed = allowed_mentors(people, chosen, left.mentee)
    assert not any(code.shown_as != code for code in left.removed)
    match left.why:
        case WhyNobody.NO_MENTORS:
            assert not people.mentors
        case WhyNobody.NOT_TAKING_PART:
            assert not next(each for each in people.mentees if each.id == left.mentee).takes_part()
        case WhyNobody.NO_MENTOR:
            counted = sum(left.removed.values())
            assert counted >= len(people.mentors)
            assert left.removed.get(RuleCode.NO_ROOM, 0) == len(allowed)
        case WhyNobody.COMPETITION:
            assert left.competition is not None
            assert left.mentee in left.competition.mentees
            assert len(left.competition.mentees) > left.competition.places
            for rival in left.competition.mentees:
                assert allowed_mentors(people, chosen, rival) & roomy <= set(left.competition.mentors)
        case WhyNobody.TOTAL:
            assert chosen.mode == Mode.BEST_TOTAL
            assert left.loss is not None
            assert left.loss >= 0
        case WhyNobody.PREFERRED:
            assert chosen.mode == Mode.STABLE
            assert allowed


def with_places(people: Cohort, found: Outcome) -> set[str]:
    staying = [each.mentor for each in found.proposals if each.stays]
    return {each.id for each in people.mentors if each.capacity - each.active - staying.count(each.id) > 0}


def allowed_mentors(people: Cohort, chosen: Settings, mentee_id: str) -> set[str]:
    one = next(each for each in people.mentees if each.id == mentee_id)
    return {each.id for each in people.mentors if not broken_rules(people, chosen, one, each)}


def test_relaxing_a_rule_says_how_many_mentors_it_opens() -> None:
    people = cohort(
        [mentee(units=A, languages=frozenset({"en"}))],
        [
            mentor("ana", units=B),
            mentor("bea", units=B, capacity=0),
            mentor("cleo", units=B, languages=frozenset({"es"})),
        ],
    )
    left = solve(people, Settings(rules=Rules(units=Units.SAME))).unmatched[0]
    assert left.why == WhyNobody.NO_MENTOR
    assert left.removed == {RuleCode.UNIT: 3, RuleCode.LANGUAGE: 1}
    assert left.opens == (Opening(RuleCode.UNIT, 2, 1),)


def test_mentors_who_are_full_are_counted_as_full() -> None:
    left = solve(cohort(mentors=[mentor(capacity=0), mentor("bea", capacity=2, active=2)]), Settings()).unmatched[0]
    assert left.why == WhyNobody.NO_MENTOR
    assert left.removed == {RuleCode.NO_ROOM: 2}
    assert left.opens == (Opening(RuleCode.NO_ROOM, 2, 0),)


def test_a_bottleneck_names_who_competes_for_which_places() -> None:
    mentees = [mentee(f"m{number}", units=A) for number in range(5)] + [mentee("alone", units=B)]
    people = cohort(mentees, [mentor("ana", units=A, capacity=2), mentor("bea", units=A), mentor("cleo", units=B)])
    found = solve(people, Settings(rules=Rules(units=Units.SAME)))
    one, other = found.unmatched
    assert found.pairs["alone"] == "cleo"
    assert one.competition == other.competition
    assert one.competition is not None
    assert one.competition.mentees == ("m0", "m1", "m2", "m3", "m4")
    assert (one.competition.mentors, one.competition.places) == (("ana", "bea"), 3)


def test_a_block_looks_like_a_pause_and_nothing_is_offered_against_it() -> None:
    blocked = solve(cohort(mentors=[mentor(blocks=frozenset({"mary"}))]), Settings()).unmatched
    paused = solve(cohort(mentors=[mentor(paused=True)]), Settings()).unmatched
    by_her = solve(cohort([mentee(blocks=frozenset({"ana"}))]), Settings()).unmatched
    assert blocked == paused == by_her
    assert blocked[0].opens == ()


def test_a_background_cannot_be_told_from_a_wish() -> None:
    wish = mentee(wishes=("ana",), background=A)
    background = mentee(leaning=Leaning.LIKE, background=A)
    told = []
    for one in (wish, background):
        people = cohort([one], [mentor(background=A)])
        told.append((solve(people, Settings()).proposals, Reader(people, Settings()).explain(one, people.mentors[0])))
    assert told[0] == told[1]
    assert told[0][1].parts[4].points == 1_000_000


def test_the_next_best_mentor_is_named_with_what_another_would_lose() -> None:
    people = cohort(
        [mentee("mary", goals=(Goal("a"), Goal("b"))), mentee("nia", goals=(Goal("a"),))],
        [mentor("ana", expertise=A | B), mentor("bea", expertise=B)],
    )
    found = solve(people, GOALS_ONLY)
    assert found.pairs == {"mary": "bea", "nia": "ana"}
    mary, nia = found.proposals
    assert (mary.rank, mary.score) == (2, 500_000)
    assert mary.alternative is not None
    assert (mary.alternative.mentor, mary.alternative.why, mary.alternative.displaced) == ("ana", WhyNot.FULL, "nia")
    assert mary.alternative.loss is None  # there is no free place for nia at all
    assert nia.alternative is not None
    assert (nia.rank, nia.alternative.why, nia.alternative.score) == (1, WhyNot.LOWER, 0)
    roomy = replace(people, mentors=(people.mentors[0], replace(people.mentors[1], capacity=2)))
    again = solve(roomy, GOALS_ONLY).proposals[0].alternative
    assert again is not None
    assert again.loss == 1_000_000


def test_the_evidence_is_what_both_said() -> None:
    one = mentee(
        goals=(Goal("Wounds", 3), Goal("handover", 1)),
        interests=frozenset({"chess", "running"}),
        shifts=(UsualShift(6, 1320, 600),),
        sliders={"plan": Slider(1, Leaning.LIKE), "talk": Slider(3)},
    )
    other = mentor(
        expertise=frozenset({"wound care"}),
        interests=frozenset({"Chess"}),
        shifts=(UsualShift(0, 420, 480), UsualShift(6, 1380, 60)),
        sliders={"plan": Slider(2), "talk": Slider(0)},
    )
    people = cohort([one], [other], vocabulary=Vocabulary({"wounds": "wound care"}))
    told = Reader(people, Settings()).explain(one, other)
    assert told.evidence.goals == ("Wounds",)
    assert told.evidence.missing_goals == ("handover",)
    assert told.evidence.interests == ("chess",)
    assert told.evidence.spans == (Span(0, 420, 480), Span(6, 1380, 1440))
    assert told.evidence.minutes == 120
    assert [each.question for each in told.evidence.style] == ["plan"]
    assert {part.criterion: part.points for part in told.parts} == {
        Criterion.GOALS: 750_000,
        Criterion.INTERESTS: 500_000,
        Criterion.SCHEDULE: 333_333,
        Criterion.STYLE: 750_000,
        Criterion.OWN_CHOICES: None,
        Criterion.NOVELTY: None,
    }
    assert (told.answered, told.asked) == (4, 6)
    assert told.score == (4 * 750_000 + 2 * 500_000 + 4 * 333_333 + 750_000) // 11
