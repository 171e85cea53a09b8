"""Two runs side by side: who moved, gained, lost, and what it did to the figures."""

from __future__ import annotations

from dataclasses import replace

from tests.matching.cohorts import cohort, mentee, mentor
from webapp.matching import Cohort, Criterion, Goal, Mode, Moved, Settings, Standing, Weight, compare, solve

GOALS_ONLY = Settings(weights={Criterion.GOALS: Weight.HIGH}, load=Weight.OFF)
PEOPLE = cohort(
    [mentee("mary", goals=(Goal("a"), Goal("b"))), mentee("nia", goals=(Goal("a"),))],
    [mentor("ana", expertise=frozenset({"a", "b"})), mentor("bea", expertise=frozenset({"b"}))],
)


def test_a_run_beside_itself_changes_nothing() -> None:
    run = solve(PEOPLE, GOALS_ONLY)
    told = compare(run, run)
    assert (told.moved, told.gained, told.lost, told.unmoved) == ((), (), (), 2)
    assert (told.total, told.floor, told.same_scores) == (0, 0, True)


def test_a_locked_pair_says_who_moved_and_what_it_cost() -> None:
    locked = replace(PEOPLE, standing=(Standing("mary", "ana", locked=True),))
    told = compare(solve(PEOPLE, GOALS_ONLY), solve(locked, GOALS_ONLY))
    assert told.moved == (Moved("mary", "bea", "ana", 500_000), Moved("nia", "ana", "bea", -1_000_000))
    assert (told.total, told.floor, told.same_scores) == (-500_000, -500_000, True)


def test_who_gains_and_who_loses_a_mentor() -> None:
    fewer = Cohort(mentees=PEOPLE.mentees, mentors=PEOPLE.mentors[:1])
    told = compare(solve(fewer, GOALS_ONLY), solve(PEOPLE, GOALS_ONLY))
    back = compare(solve(PEOPLE, GOALS_ONLY), solve(fewer, GOALS_ONLY))
    assert len(told.gained) == 1
    assert (told.gained, told.lost) == (back.lost, back.gained)
    assert not told.same_scores


def test_sums_are_marked_where_weights_differ() -> None:
    assert not compare(solve(PEOPLE, GOALS_ONLY), solve(PEOPLE, Settings())).same_scores
    assert compare(solve(PEOPLE, GOALS_ONLY), solve(PEOPLE, replace(GOALS_ONLY, mode=Mode.STABLE))).same_scores
