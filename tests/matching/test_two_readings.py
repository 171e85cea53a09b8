"""The engine works out all pairs at once, `closeup` one by one with fractions: they agree about every pair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings

from tests.matching.cohorts import any_settings, cohort, cohorts, mentee, mentor
from webapp.matching import Cohort, Goal, Reader, Rules, Settings, broken_rules
from webapp.matching.engine.graph import FORBIDDEN
from webapp.matching.engine.table import Table
from webapp.matching.engine.view import View


@given(cohorts(), any_settings)
@settings(max_examples=80, deadline=None)
def test_both_readings_agree_about_every_pair(people: Cohort, chosen: Settings) -> None:
    table, reader = built(people, chosen), Reader(people, chosen)
    for row, column in np.ndindex(table.view.shape):
        one, other = table.view.mentees[row], table.view.mentors[column]
        rules = broken_rules(people, chosen, one, other)
        expected = FORBIDDEN if rules else reader.explain(one, other).score
        assert table.scores[row, column] == expected, (one, other, rules)
        assert {code for code, removed in table.removed_by(row).items() if removed[column]} == rules


@given(cohorts(), any_settings)
@settings(max_examples=80, deadline=None)
def test_both_readings_agree_about_every_score_where_rules_are_few(people: Cohort, chosen: Settings) -> None:
    mild = replace(people, managers={}, standing=(), mentees=kind(people.mentees), mentors=kind(people.mentors))
    few = replace(chosen, rules=Rules(overlap_minutes=0, repeats=True, common_language=False, other_employers=True))
    table, reader = built(mild, few), Reader(mild, few)
    for row, column in np.ndindex(table.view.shape):
        if table.scores[row, column] != FORBIDDEN:
            expected = reader.explain(table.view.mentees[row], table.view.mentors[column]).score
            assert table.scores[row, column] == expected


def kind(people: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same people without a word against anybody."""
    nobody: frozenset[str] = frozenset()
    return tuple(replace(each, blocks=nobody, vetoes=nobody, opted_out=False, paused=False) for each in people)


@given(cohorts(), any_settings)
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_people_come_changes_no_score(people: Cohort, chosen: Settings) -> None:
    turned = Cohort(
        mentees=people.mentees[::-1],
        mentors=people.mentors[::-1],
        managers=people.managers,
        earlier=people.earlier,
        vocabulary=people.vocabulary,
    )
    assert (built(people, chosen).scores == built(turned, chosen).scores).all()


def test_a_reading_that_counts_otherwise_is_seen() -> None:
    people = cohort([mentee(goals=(Goal("a", 1), Goal("b", 2)))], [mentor(expertise=frozenset({"b"}))])
    assert built(people, Settings()).scores[0, 0] == 666_666
    assert Reader(people, Settings()).explain(people.mentees[0], people.mentors[0]).score == 666_666


def built(people: Cohort, chosen: Settings) -> Table:
    return Table(View(people, chosen)).build(lambda _: None)
