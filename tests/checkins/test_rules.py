"""What a check-in speaks of."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from webapp.checkins.fields import ShiftFields
from webapp.checkins.rules import Shift, When, about_of, asks_whether_it_helped, proposed, read_when, shift_on

NIGHT = Shift(datetime(2026, 3, 9, 19, 30), datetime(2026, 3, 10, 7, 30))
TUESDAY = date(2026, 3, 10)


def test_without_a_shift_it_speaks_of_today() -> None:
    assert proposed(datetime(2026, 3, 10, 10), None) == When("shift", TUESDAY)


@pytest.mark.parametrize("at", [datetime(2026, 3, 10, 2), datetime(2026, 3, 10, 8), datetime(2026, 3, 11, 19, 30)])
def test_during_a_shift_and_for_36_hours_after_it_speaks_of_that_shift(at: datetime) -> None:
    assert proposed(at, NIGHT) == When("shift", date(2026, 3, 9), NIGHT)


def test_later_it_speaks_of_the_time_since() -> None:
    assert proposed(datetime(2026, 3, 11, 19, 31), NIGHT) == When("since", date(2026, 3, 9))


def test_a_shift_still_to_come_is_not_spoken_of() -> None:
    assert proposed(datetime(2026, 3, 8, 12), NIGHT) == When("shift", date(2026, 3, 8))


def test_a_shift_that_ends_before_it_begins_went_over_midnight() -> None:
    assert shift_on(date(2026, 3, 9), "19:30", "07:30") == NIGHT
    day = shift_on(date(2026, 3, 9), "07:30", "20:00")
    assert day is not None and not day.is_night
    assert shift_on(date(2026, 3, 9), "25:00", "07:30") is None


@pytest.mark.parametrize(
    ("day", "shift", "about"),
    [
        (date(2026, 3, 10), None, "shift"),
        (date(2026, 3, 8), None, "shift"),
        (date(2026, 3, 7), None, "since"),
        (date(2026, 3, 9), NIGHT, "shift"),
        (date(2026, 3, 7), shift_on(date(2026, 3, 7), "19:30", "07:30"), "since"),
    ],
)
def test_more_than_36_hours_after_it_the_question_is_another(day: date, shift: Shift | None, about: str) -> None:
    assert about_of(day, shift, datetime(2026, 3, 10, 10)) == about


def test_whether_it_helped_is_asked_after_every_second_talk_at_most() -> None:
    assert [asks_whether_it_helped(before) for before in range(4)] == [True, False, True, False]


def test_the_last_day_of_the_calendar_is_a_day_like_any_other() -> None:
    at = datetime(2026, 3, 10, 10)
    assert read_when("9999-12-31", at).about == "shift"
    assert shift_on(date(9999, 12, 31), "19:30", "08:00") is None
    with pytest.raises(ValidationError):
        ShiftFields(start=datetime(9999, 12, 31, 10), end=datetime(9999, 12, 31, 9))
    assert ShiftFields(start=datetime(9999, 12, 31, 9), end=datetime(9999, 12, 31, 10))
