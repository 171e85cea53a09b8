"""What counts as a talk, how minutes add up, when something is due, and when a pair is not in touch lately."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from webapp.pairings.rules import (
    Record,
    days_until_not_in_touch,
    due_since,
    is_talk,
    minutes_together,
    stage_of,
)

MARY, ANA = uuid4(), uuid4()
TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("means", "minutes", "counts"),
    [
        ("in_person", 1, True),
        ("call", 600, True),
        ("in_person", None, False),
        ("call", 0, False),
        ("message", 30, False),
        ("none", None, False),
        (None, 10, False),
    ],
)
def test_a_talk_is_a_minute_or_more_in_person_or_by_call(means: str | None, minutes: int | None, counts: bool) -> None:
    assert is_talk(means, minutes) is counts


def record(by: UUID, minutes: int | None, means: str = "in_person", on: date = TUESDAY) -> Record:
    return Record(on, means, by, minutes)


def test_one_talk_that_both_sides_record_counts_once() -> None:
    assert minutes_together([record(MARY, 10), record(ANA, 10)]) == 10


def test_when_the_two_remember_differently_the_longer_record_counts() -> None:
    assert minutes_together([record(MARY, 10), record(ANA, 15)]) == 15


def test_what_one_side_records_on_one_day_adds_up() -> None:
    assert minutes_together([record(MARY, 10), record(MARY, 5)]) == 15


def test_a_call_and_a_meeting_on_one_day_are_two_talks() -> None:
    assert minutes_together([record(MARY, 10), record(ANA, 5, "call")]) == 15


def test_other_days_add_up_and_messages_do_not() -> None:
    records = [record(MARY, 10), record(ANA, 10, on=date(2026, 3, 11)), record(ANA, 30, "message")]
    assert minutes_together(records) == 20


def test_nothing_is_due_before_the_interval_has_passed() -> None:
    last = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert due_since(last, 7, last + timedelta(days=7, seconds=-1)) is None


def test_it_falls_due_anew_with_each_interval() -> None:
    last = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert due_since(last, 7, last + timedelta(days=7)) == last + timedelta(days=7)
    assert due_since(last, 7, last + timedelta(days=13)) == last + timedelta(days=7)
    assert due_since(last, 7, last + timedelta(days=15)) == last + timedelta(days=14)


@pytest.mark.parametrize(("interval", "days"), [(3, 10), (7, 14), (14, 28), (30, 45)])
def test_not_in_touch_is_twice_the_interval_within_10_and_45_days(interval: int, days: int) -> None:
    assert days_until_not_in_touch(interval) == days


def stage(day: int, last_talk: int | None = None, last_word: int | None = None, away: bool = False) -> str:
    def on(n: int | None) -> date | None:
        return None if n is None else TUESDAY + timedelta(days=n)

    return stage_of(TUESDAY, on(last_talk), on(last_word), 7, TUESDAY + timedelta(days=day), away=away)


def test_a_pair_that_waits_for_somebody_to_join_has_no_other_stage() -> None:
    assert stage_of(None, None, None, 7, TUESDAY) == "joining"


def test_no_hello_shows_on_day_four() -> None:
    assert (stage(3), stage(4)) == ("new", "no_hello")
    assert stage(4, last_word=3) == "in_touch"


def test_no_first_talk_shows_on_day_fifteen() -> None:
    assert stage(14, last_word=13) == "in_touch"
    assert stage(15, last_word=13) == "no_first_talk"
    assert stage(15, last_talk=13, last_word=13) == "in_touch"


def test_not_in_touch_shows_after_twice_the_interval() -> None:
    assert stage(44, last_talk=30, last_word=30) == "in_touch"
    assert stage(45, last_talk=30, last_word=30) == "not_in_touch"


def test_leave_stops_the_clock() -> None:
    assert stage(45, last_talk=30, last_word=30, away=True) == "away"
