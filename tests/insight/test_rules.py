"""The figures of docs/figures.md on examples that were counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from webapp.insight.rules import (
    Mentee,
    Month,
    Pair,
    Share,
    first_talk_between,
    matched_on,
    rhythm_in,
    stretches,
    talked_in,
)
from webapp.programmes import DEFAULT_RHYTHM, Rhythm

JANUARY, FEBRUARY, MARCH = (Month(date(2026, number, 1)) for number in (1, 2, 3))
LONG_AGO = date(1970, 1, 1)


def pair(
    start: date, *talks: date, end: date | None = None, checkins: tuple[date, ...] = (), faster: int | None = None
) -> Pair:
    return Pair(start, end, frozenset(talks), frozenset(checkins), faster)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("count", "of", "percent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (3, 3, 100)]
)
def test_per_cents_are_whole_and_halves_go_up(count: int, of: int, percent: int | None) -> None:
    assert Share(count, of).percent == percent


def test_a_month_ends_on_its_last_day() -> None:
    assert [each.last.day for each in (JANUARY, FEBRUARY, MARCH, Month(date(2028, 2, 1)))] == [31, 28, 31, 29]
    assert Month.of(date(2026, 12, 31)).next == Month(date(2027, 1, 1))


def test_matched_counts_those_who_take_part_on_that_day() -> None:
    since = day(1, 10)
    mentees = [
        Mentee(since, None, ((day(1, 12), None),)),
        Mentee(since, None, ((day(1, 12), day(2, 1)),)),  # her mentor left on 1 February
        Mentee(since, None, ()),
        Mentee(since, day(1, 20), ()),  # she left on 20 January
        Mentee(day(2, 2), None, ((day(2, 2), None),)),
    ]
    assert matched_on(mentees, day(1, 11)) == Share(0, 4)
    assert matched_on(mentees, day(1, 19)) == Share(2, 4)
    assert matched_on(mentees, day(1, 31)) == Share(2, 3)
    assert matched_on(mentees, day(2, 1)) == Share(1, 3)
    assert matched_on(mentees, day(2, 2)) == Share(2, 4)


def test_first_talk_counts_pairs_whose_time_is_over() -> None:
    pairs = [
        pair(day(1, 1), day(1, 15)),  # on the fourteenth day after: in time
        pair(day(1, 1), day(1, 16)),  # a day late
        pair(day(1, 1)),  # never
        pair(day(1, 1), day(1, 3), end=day(1, 10)),  # ended first: left out
        pair(day(1, 1), day(12, 31).replace(year=2025)),  # talked before both had joined: in time
        pair(day(1, 20), day(1, 21)),  # its time is over on 3 February
    ]
    assert first_talk_between(pairs, 14, LONG_AGO, day(1, 14)) == Share(0, 0)
    assert first_talk_between(pairs, 14, LONG_AGO, day(1, 15)) == Share(2, 4)
    assert first_talk_between(pairs, 14, LONG_AGO, day(2, 3)) == Share(3, 5)
    assert first_talk_between(pairs, 14, FEBRUARY.first, FEBRUARY.last) == Share(1, 1)


def test_talked_counts_pairs_that_stood_the_whole_month() -> None:
    pairs = [
        pair(day(1, 1), day(2, 28)),  # on the last day
        pair(day(2, 1), day(2, 1)),  # began and talked on the first day
        pair(day(1, 1), day(1, 31), day(3, 1)),  # the day before and the day after
        pair(day(2, 2), day(2, 3)),  # began on the second day: left out
        pair(day(1, 1), day(2, 3), end=day(2, 28)),  # ended on the last day: left out
        pair(day(1, 1), day(2, 3), end=day(3, 1)),  # ended the day after
    ]
    assert talked_in(pairs, FEBRUARY, day(3, 20)) == Share(3, 4)


def test_the_month_that_goes_on_is_counted_so_far() -> None:
    pairs = [pair(day(1, 1), day(2, 9)), pair(day(1, 1), day(2, 11)), pair(day(1, 1), end=day(2, 11))]
    assert talked_in(pairs, FEBRUARY, day(2, 10)) == Share(1, 3)
    assert talked_in(pairs, FEBRUARY, day(2, 11)) == Share(2, 2)


def test_the_rhythm_is_weekly_then_fortnightly_then_monthly() -> None:
    rhythm = Rhythm(weekly_days=14, fortnightly_days=42)
    found = list(stretches(pair(day(1, 1)), day(4, 30), rhythm))
    assert found == [
        (day(1, 1), day(1, 7)),
        (day(1, 8), day(1, 14)),
        (day(1, 15), day(1, 28)),
        (day(1, 29), day(2, 11)),
        (day(2, 12), day(3, 13)),
        (day(3, 14), day(4, 12)),
    ]


def test_a_stretch_belongs_to_the_month_of_its_last_day() -> None:
    one = pair(day(1, 1), checkins=(day(1, 7), day(1, 8), day(1, 29)))
    # 1-7, 8-14, 15-21 and 22-28 January end in January, 29 January - 11 February in February
    rhythm = Rhythm(weekly_days=28, fortnightly_days=91)
    assert rhythm_in([one], JANUARY, day(3, 1), rhythm) == Share(2, 4)
    assert rhythm_in([one], FEBRUARY, day(3, 1), rhythm) == Share(1, 2)
    assert rhythm_in([one], JANUARY, day(1, 13), rhythm) == Share(1, 1)
    assert rhythm_in([one], JANUARY, day(1, 14), rhythm) == Share(2, 2)


def test_a_pair_that_ended_is_due_nothing_more() -> None:
    one = pair(day(1, 1), end=day(1, 14))
    assert list(stretches(one, day(3, 1), DEFAULT_RHYTHM)) == [(day(1, 1), day(1, 7))]


def test_a_pair_that_chose_faster_is_held_to_its_own_rhythm() -> None:
    late = pair(date(2025, 1, 1), checkins=(day(2, 1),), faster=7)
    slow = pair(date(2025, 1, 1), checkins=(day(2, 1),))
    assert rhythm_in([late], FEBRUARY, day(3, 1), DEFAULT_RHYTHM).of == 4
    assert rhythm_in([slow], FEBRUARY, day(3, 1), DEFAULT_RHYTHM).of == 1
