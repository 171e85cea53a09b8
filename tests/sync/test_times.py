"""What time it was: rules of their own, and through a phone whose clock is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.conftest import MovedClock
from tests.people import Cast
from tests.phone import Phone
from webapp.checkins import Checkin
from webapp.database import db
from webapp.journal import Entry
from webapp.sync.times import days_off, move_days, parent_is_lost, when_written, zone_or

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
anytime = st.datetimes(timezones=st.just(UTC))


class Shift(BaseModel):
    start: datetime
    end: datetime


class Dated(BaseModel):
    shift_date: date | None = None
    shift: Shift | None = None
    face: int = 3


@given(written=anytime, sent=anytime)
def test_no_clock_can_put_a_writing_into_the_future_or_break_the_server(written: datetime, sent: datetime) -> None:
    at = when_written(written, sent, NOON)
    assert datetime(2020, 1, 1, tzinfo=UTC) <= at <= NOON
    days_off(written, at, sent, NOON, "Pacific/Auckland")


def test_a_phone_is_believed_about_how_long_an_op_waited() -> None:
    off = timedelta(days=3)
    at = when_written(NOON - timedelta(hours=5) + off, NOON + off, NOON)
    assert at == NOON - timedelta(hours=5)


def test_a_clock_set_back_in_between_says_nothing() -> None:
    assert when_written(NOON + timedelta(hours=2), NOON, NOON) == NOON


@pytest.mark.parametrize(("off", "days"), [(timedelta(minutes=9), 0), (timedelta(days=3), -3), (-timedelta(days=3), 3)])
def test_a_date_moves_only_with_a_clock_that_is_wrong(off: timedelta, days: int) -> None:
    written = NOON - timedelta(hours=1)
    at = when_written(written + off, NOON + off, NOON)
    assert days_off(written + off, at, NOON + off, NOON, "Europe/London") == days


def test_every_date_in_the_fields_moves_and_nothing_else() -> None:
    shift = Shift(start=datetime(2026, 3, 10, 19, 30), end=datetime(2026, 3, 11, 8, 0))
    moved = move_days(Dated(shift_date=date(2026, 3, 10), shift=shift), -3)
    assert moved.shift is not None
    assert (moved.shift_date, moved.shift.start, moved.face) == (date(2026, 3, 7), datetime(2026, 3, 7, 19, 30), 3)


def test_a_date_at_the_end_of_time_stays() -> None:
    assert move_days(Dated(shift_date=date.max), 1).shift_date == date.max


@pytest.mark.parametrize("junk", ["", "Mars/Olympus", "../../etc/passwd", "\x00", "a" * 64, "/etc/localtime"])
def test_a_zone_that_is_none_is_the_persons_own(junk: str) -> None:
    assert zone_or(junk, "Europe/London") == "Europe/London"
    assert zone_or("America/New_York", "Europe/London") == "America/New_York"


def test_a_parent_is_waited_for_a_week() -> None:
    assert not parent_is_lost(NOON - timedelta(days=6), NOON)
    assert parent_is_lost(NOON - timedelta(days=8), NOON)


@pytest.mark.parametrize("days", [3, -3])
def test_a_checkin_from_a_phone_three_days_off_describes_the_right_day(app: Flask, cast: Cast, days: int) -> None:
    phone = Phone.of(app, cast.mary)
    phone.off = timedelta(days=days)
    today = phone.now().date().isoformat()
    op = phone.save(
        "checkin", "record", {"pairing": str(cast.pairing), "audience": "self", "face": 2, "shift_date": today}
    )
    assert [result["status"] for result in phone.flush()] == ["applied"]
    checkin = db.session.get_one(Checkin, Checkin.id.type.python_type(op.body["entity"]))
    assert checkin.shift_date == date(2026, 3, 10)
    assert not checkin.day_uncertain


def test_a_clock_that_changed_while_the_op_waited_makes_the_day_uncertain(app: Flask, cast: Cast) -> None:
    phone = Phone.of(app, cast.mary)
    phone.clock_changed = True
    phone.save("checkin", "record", {"pairing": str(cast.pairing), "audience": "self", "face": 2})
    phone.flush()
    [row] = phone.rows("checkin").values()
    assert row["day_uncertain"] is True


def test_an_entry_says_when_it_was_written_not_when_it_came(app: Flask, cast: Cast, clock: MovedClock) -> None:
    phone = Phone.of(app, cast.mary)
    op = phone.entry("In the basement, without signal")
    clock.move(hours=9)
    phone.flush()
    entry = db.session.get_one(Entry, Entry.id.type.python_type(op.body["entity"]))
    assert entry.written_at == clock() - timedelta(hours=9)
