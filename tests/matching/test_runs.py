"""Whole runs: the same every time, pairs that stay, late joiners, what cannot be, and stopping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.matching.cohorts import any_settings, cohort, cohorts, large, mentee, mentor
from webapp.matching import (
    Cohort,
    Died,
    Fault,
    Gap,
    Goal,
    Late,
    Mentee,
    Mode,
    Outcome,
    Refused,
    RuleCode,
    Rules,
    Settings,
    Slider,
    Standing,
    Stopped,
    UsualShift,
    solve,
    solve_apart,
)
from webapp.matching.engine.run import Run
from webapp.matching.progress import STEPS, Progress


@given(cohorts(), any_settings)
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_input_is_irrelevant(people: Cohort, chosen: Settings) -> None:
    turned = replace(people, mentees=people.mentees[::-1], mentors=people.mentors[::-1], standing=people.standing[::-1])
    assert attempt(people, chosen) == attempt(turned, chosen)


def test_another_seed_breaks_ties_otherwise_and_makes_another_hash() -> None:
    people = cohort([mentee(f"m{number}") for number in range(6)], [mentor(f"t{number}") for number in range(6)])
    runs = [solve(people, Settings(seed=seed)) for seed in "123"]
    assert len({tuple(run.pairs.items()) for run in runs}) > 1
    assert len({run.input_hash for run in runs}) == 3
    assert {run.total for run in runs} == {3_000_000}


def test_one_changed_answer_makes_another_hash() -> None:
    one = solve(cohort([mentee(interests=frozenset({"chess"}))]), Settings())
    other = solve(cohort([mentee(interests=frozenset({"chess", "tea"}))]), Settings())
    assert one.input_hash != other.input_hash
    assert len(one.input_hash) == 64


@given(cohorts(), any_settings)
@settings(max_examples=60, deadline=None)
def test_accepted_pairs_never_move_and_no_mentor_gets_too_many(people: Cohort, chosen: Settings) -> None:
    found = attempt(people, chosen)
    if isinstance(found, Outcome):
        staying = people.staying(chosen.late)
        gone = {notice.mentee for notice in found.notices if not notice.stays}
        assert {each.mentee: each.mentor for each in found.proposals if each.stays} == {
            one: other for one, other in staying.items() if one not in gone
        }
        new = [each.mentor for each in found.proposals if not each.stays]
        for one in people.mentors:
            held = sum(1 for each in found.proposals if each.stays and each.mentor == one.id)
            assert new.count(one.id) <= max(one.capacity - one.active - held, 0)


def test_somebody_late_takes_a_place_that_nobody_accepted_only_if_that_is_chosen() -> None:
    people = cohort(
        [mentee("early"), mentee("late", blocks=frozenset({"bea"}))],
        [mentor("ana"), mentor("bea")],
        standing=(Standing("early", "ana"),),
    )
    assert solve(people, Settings()).pairs == {"early": "ana"}
    assert solve(people, Settings(late=Late.UNACCEPTED)).pairs == {"early": "bea", "late": "ana"}
    accepted = replace(people, standing=(Standing("early", "ana", accepted=True),))
    assert solve(accepted, Settings(late=Late.UNACCEPTED)).pairs == {"early": "ana"}


def test_an_accepted_pair_that_a_rule_forbids_today_stays_and_is_told() -> None:
    promoted = cohort(managers={"mary": "ana"}, standing=(Standing("mary", "ana", accepted=True),))
    found = solve(promoted, Settings())
    assert found.pairs == {"mary": "ana"}
    assert found.proposals[0].score is None
    assert found.notices[0].rules == (RuleCode.LINE_MANAGER,)
    offered = replace(promoted, standing=(Standing("mary", "ana"),))
    assert not solve(offered, Settings()).proposals


IMPOSSIBLE: dict[str, tuple[Callable[[], Cohort], Settings, Fault]] = {
    "twice": (lambda: cohort([mentee(), mentee()]), Settings(), Fault("twice", ("mary",))),
    "capacity": (lambda: cohort(mentors=[mentor(capacity=-1)]), Settings(), Fault("capacity", ("ana",))),
    "slider": (lambda: cohort([mentee(sliders={"plan": Slider(5)})]), Settings(), Fault("slider", ("mary",))),
    "shift": (lambda: cohort([mentee(shifts=(UsualShift(7, 0, 60),))]), Settings(), Fault("shift", ("mary",))),
    "priority": (lambda: cohort([mentee(goals=(Goal("a", 0),))]), Settings(), Fault("priority", ("mary",))),
    "contradicting rules": (cohort, Settings(rules=Rules(levels=Gap(2, 1))), Fault("level_gap")),
    "contradicting times": (cohort, Settings(rules=Rules(months=Gap(2, 1))), Fault("months_gap")),
    "an overlap no week has": (cohort, Settings(rules=Rules(overlap_minutes=10_081)), Fault("overlap")),
    "enough of nothing": (cohort, Settings(enough_minutes=0), Fault("enough")),
    "no candidates": (cohort, Settings(candidates=0), Fault("candidates")),
    "two mentors": (
        lambda: cohort(
            mentors=[mentor(capacity=2)], standing=(Standing("mary", "ana"), Standing("mary", "ana", locked=True))
        ),
        Settings(),
        Fault("two_mentors", ("mary",)),
    ),
    "unknown": (
        lambda: cohort(standing=(Standing("mary", "who"),)),
        Settings(),
        Fault("unknown_pair", ("mary", "who")),
    ),
    "locked without a place": (
        lambda: cohort(mentors=[mentor(active=1)], standing=(Standing("mary", "ana", locked=True),)),
        Settings(),
        Fault("over_capacity", ("ana",)),
    ),
    "locked against a block": (
        lambda: cohort([mentee(blocks=frozenset({"ana"}))], standing=(Standing("mary", "ana", locked=True),)),
        Settings(),
        Fault("locked_against_a_rule", ("mary", "ana", "not_available")),
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_its_reason(name: str) -> None:
    people, chosen, fault = IMPOSSIBLE[name]
    with pytest.raises(Refused) as refused:
        solve(people(), chosen)
    assert refused.value.faults == (fault,)


@pytest.mark.parametrize("mode", Mode)
def test_nobody_at_all_is_an_empty_run(mode: Mode) -> None:
    for people in (cohort([], []), cohort([], [mentor()]), cohort([mentee()], [])):
        found = solve(people, Settings(mode=mode))
        assert not found.proposals
        assert len(found.unmatched) == len(people.mentees)


def test_managers_in_a_circle_are_told_once() -> None:
    people = cohort(managers={"mary": "ward", "ward": "ana", "ana": "ward", "self": "self"})
    assert solve(people, Settings()).circles == (("ana", "ward"), ("self",))


def test_progress_goes_forward_and_a_run_stops_when_told() -> None:
    seen: list[tuple[str, float]] = []
    solve(large(60, 30), Settings(), lambda step, done: seen.append((step, done)))
    shares = [done for _, done in seen]
    assert shares == sorted(shares)
    assert {step for step, _ in seen} == set(STEPS)
    for after in range(1, len(seen)):
        asked = iter(range(len(seen)))
        with pytest.raises(Stopped):
            solve(large(60, 30), Settings(), should_stop=lambda: next(asked) >= after)


def test_a_run_apart_gives_the_same_and_refuses_the_same() -> None:
    people, seen = large(40, 20), list[str]()
    assert solve_apart(people, Settings(), lambda step, _: seen.append(step)) == solve(people, Settings())
    assert set(seen) == set(STEPS)
    with pytest.raises(Refused):
        solve_apart(cohort([mentee(), mentee()]), Settings())


def test_a_run_apart_stops_at_once_in_the_middle_of_a_step() -> None:
    seen: list[str] = []
    with pytest.raises(Stopped):
        solve_apart(large(300, 150), Settings(), lambda step, _: seen.append(step), lambda: "candidates" in seen)
    assert "reasons" not in seen
    with pytest.raises(Stopped):
        solve_apart(large(300, 150), Settings(), limit=0.0)


def test_a_process_that_dies_is_told_from_an_answer() -> None:
    with pytest.raises(Died):
        solve_apart(cohort([Mentee(id="mary", wishes=DIES)]), Settings())


def test_what_if_gives_what_a_new_run_with_these_locks_gives() -> None:
    people = large(80, 40)
    first = Run(people, Settings(), Progress())
    pairs = sorted(first.solve(Progress()).pairs.items())
    locks = tuple(Standing(one, other, locked=True) for one, other in pairs[:-4])
    again = first.solve(Progress(), locks)
    assert again == solve(replace(people, standing=locks), Settings())
    assert again.pairs.items() >= dict(pairs[:-4]).items()


class _Dies(tuple[str, ...]):
    """Ends the process that unpacks it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        import os

        return os._exit, (1,)


DIES = _Dies()


def attempt(people: Cohort, chosen: Settings) -> object:
    try:
        return solve(people, chosen)
    except Refused as refused:
        return sorted(refused.faults, key=str)
