"""When a reminder looks round: once a local date, also on the two nights when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from webapp.reminders.rules import next_occurrence

MADRID = ZoneInfo("Europe/Madrid")
ZONES = ["Europe/Madrid", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


def test_later_today_or_else_tomorrow() -> None:
    six = time(18)
    assert (
        next_occurrence(six, MADRID, datetime(2026, 3, 10, 16, 59, tzinfo=UTC)).isoformat()
        == "2026-03-10T17:00:00+00:00"
    )
    assert (
        next_occurrence(six, MADRID, datetime(2026, 3, 10, 17, 0, tzinfo=UTC)).isoformat()
        == "2026-03-11T17:00:00+00:00"
    )


def test_a_time_that_spring_leaves_out_moves_forward() -> None:
    night = next_occurrence(time(2, 30), MADRID, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert night.astimezone(MADRID).strftime("%d %H:%M") == "29 03:30"


def test_a_time_that_autumn_repeats_comes_once() -> None:
    first = next_occurrence(time(2, 30), MADRID, datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_occurrence(time(2, 30), MADRID, first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(
    st.times().map(lambda wall: wall.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES).map(ZoneInfo),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC)),
)
def test_it_comes_once_on_each_of_the_next_days(wall: time, zone: ZoneInfo, after: datetime) -> None:
    days, moment = [], after
    for _ in range(5):
        later = next_occurrence(wall, zone, moment)
        assert moment < later <= moment + timedelta(hours=26)
        days.append(later.astimezone(zone).date())
        moment = later
    assert days == [days[0] + timedelta(days=number) for number in range(5)]
