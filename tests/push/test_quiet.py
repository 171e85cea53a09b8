"""Quiet hours: nobody is woken."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.push.quiet import (
    NIGHTS_END,
    NIGHTS_START,
    Quiet,
    end_of_nights,
    next_decent_moment,
    when_to_send,
)

MADRID = ZoneInfo("Europe/Madrid")
ZONES = ["Europe/Madrid", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


def madrid(day: str, clock: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=MADRID, fold=fold).astimezone(UTC)


def next_in_madrid(at: datetime, quiet: Quiet) -> str:
    return next_decent_moment(at, quiet).astimezone(MADRID).strftime("%Y-%m-%d %H:%M")


def test_a_message_in_the_day_goes_at_once() -> None:
    at = madrid("2026-11-24", "15:12")
    assert next_decent_moment(at, Quiet(MADRID)) == at


@pytest.mark.parametrize(
    ("day", "clock", "decent"),
    [
        ("2026-11-24", "20:59", "2026-11-24 20:59"),
        ("2026-11-24", "21:00", "2026-11-25 09:00"),
        ("2026-11-25", "00:00", "2026-11-25 09:00"),
        ("2026-11-25", "08:59", "2026-11-25 09:00"),
        ("2026-11-25", "09:00", "2026-11-25 09:00"),
    ],
)
def test_the_evening_and_the_night_wait_for_nine(day: str, clock: str, decent: str) -> None:
    assert next_in_madrid(madrid(day, clock), Quiet(MADRID)) == decent


def test_on_nights_the_day_is_quiet_and_the_night_is_not() -> None:
    on_nights = Quiet(MADRID, nights_until=date(2026, 11, 29))
    assert next_in_madrid(madrid("2026-11-24", "10:00"), on_nights) == "2026-11-24 18:00"
    assert next_in_madrid(madrid("2026-11-25", "03:00"), on_nights) == "2026-11-25 03:00"


def test_nights_end_with_sunday_and_the_window_is_back() -> None:
    on_nights = Quiet(MADRID, nights_until=date(2026, 11, 29))
    assert next_in_madrid(madrid("2026-11-29", "23:59"), on_nights) == "2026-11-29 23:59"
    assert next_in_madrid(madrid("2026-11-30", "00:00"), on_nights) == "2026-11-30 09:00"


def test_nights_of_last_week_are_over() -> None:
    at = madrid("2026-12-01", "10:00")
    assert next_decent_moment(at, Quiet(MADRID, nights_until=date(2026, 11, 29))) == at


def test_somebody_away_is_told_on_the_morning_of_the_day_they_are_back() -> None:
    away = Quiet(MADRID, away_until=date(2026, 12, 7))
    assert next_in_madrid(madrid("2026-11-24", "12:00"), away) == "2026-12-07 09:00"


def test_a_window_that_is_empty_keeps_nothing_back() -> None:
    at = madrid("2026-11-24", "03:00")
    assert next_decent_moment(at, Quiet(MADRID, starts=time(7), ends=time(7))) == at


def test_an_end_that_spring_leaves_out_moves_forward() -> None:
    until_half_past_two = Quiet(MADRID, starts=time(22), ends=time(2, 30))
    assert next_in_madrid(madrid("2026-03-29", "01:00"), until_half_past_two) == "2026-03-29 03:30"


def test_an_hour_that_autumn_repeats_is_quiet_both_times() -> None:
    until_half_past_two = Quiet(MADRID, starts=time(22), ends=time(2, 30))
    second_half_past_two = madrid("2026-10-25", "02:30", fold=1)
    assert next_decent_moment(madrid("2026-10-25", "01:00"), until_half_past_two) == second_half_past_two
    assert next_decent_moment(madrid("2026-10-25", "02:10", fold=1), until_half_past_two) == second_half_past_two


def test_what_would_come_too_late_is_not_sent() -> None:
    due = madrid("2026-11-24", "21:30")
    assert when_to_send(due, madrid("2026-11-25", "09:01"), Quiet(MADRID)) == madrid("2026-11-25", "09:00")
    assert when_to_send(due, madrid("2026-11-25", "09:00"), Quiet(MADRID)) is None


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 28), date(2026, 11, 29)),
        (date(2026, 11, 29), date(2026, 12, 6)),
    ],
)
def test_on_nights_this_week_holds_until_sunday(today: date, until: date) -> None:
    assert end_of_nights(today) == until


walls = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
near_a_clock_change = st.sampled_from(
    [datetime(2026, 3, 8, 7), datetime(2026, 3, 29, 1), datetime(2026, 4, 4, 15), datetime(2026, 10, 25, 1)]
)
moments = st.builds(
    lambda base, minutes: base.replace(tzinfo=UTC) + timedelta(minutes=minutes),
    near_a_clock_change | st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.integers(-36 * 60, 36 * 60),
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
quiets = st.builds(
    Quiet,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    starts=walls,
    ends=walls,
    nights_until=st.none() | days,
    away_until=st.none() | days,
)


def reads_quiet(moment: datetime, quiet: Quiet) -> bool:
    """The rule as a person would check it: look at the wall clock and the calendar."""
    local = moment.astimezone(quiet.zone)
    if quiet.away_until is not None and local.date() < quiet.away_until:
        return True
    if quiet.nights_until is not None and local.date() <= quiet.nights_until:
        return NIGHTS_START <= local.time() < NIGHTS_END
    if quiet.starts < quiet.ends:
        return quiet.starts <= local.time() < quiet.ends
    return quiet.starts > quiet.ends and not quiet.ends <= local.time() < quiet.starts


@given(moments, quiets)
@example(madrid("2026-10-25", "02:10", fold=1), Quiet(MADRID, starts=time(22), ends=time(2, 30)))
@example(madrid("2026-03-29", "01:59"), Quiet(MADRID, starts=time(2, 15), ends=time(2, 45)))
def test_no_moment_returned_reads_quiet_on_the_wall_clock(at: datetime, quiet: Quiet) -> None:
    decent = next_decent_moment(at, quiet)
    assert decent >= at
    assert not reads_quiet(decent, quiet)


@given(moments, quiets)
def test_nothing_waits_without_reason(at: datetime, quiet: Quiet) -> None:
    """Every minute in between reads quiet, but for the hour around a change of the clock."""
    decent = next_decent_moment(at, quiet)
    waited = min(int((decent - at) / timedelta(minutes=1)), 3 * 24 * 60)
    for minutes in range(0, waited, 7):
        moment = at + timedelta(minutes=minutes)
        assert reads_quiet(moment, quiet) or _clock_changes_near(moment, quiet.zone)


@given(moments, st.integers(1, 3000), quiets)
def test_what_is_due_later_is_never_told_sooner(at: datetime, minutes: int, quiet: Quiet) -> None:
    assert next_decent_moment(at, quiet) <= next_decent_moment(at + timedelta(minutes=minutes), quiet)


def _clock_changes_near(moment: datetime, zone: ZoneInfo) -> bool:
    day = timedelta(days=1)
    offsets = {(moment + shift).astimezone(zone).utcoffset() for shift in (-day, timedelta(), day)}
    return len(offsets) > 1
