"""F46: the phone's clock is three days or some hours off, or changed in between, or it is the night when clocks change.

The right day, or "the day may be wrong"; never blocked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.harness.device import NO_BACKGROUND_SYNC
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast
from tests.phone import Kept, Phone
from webapp.checkins import Checkin
from webapp.database import db, writing
from webapp.pairings import Pairing

LONDON = ZoneInfo("Europe/London")
NIGHTS = [datetime(2026, 3, 29, tzinfo=LONDON), datetime(2026, 10, 25, tzinfo=LONDON)]  # at 01:00 UTC
DAYS_OFF = [timedelta(days=3), timedelta(days=-3)]
HOURS_OFF = [timedelta(hours=5), timedelta(hours=-5), timedelta(days=3, hours=-9)]
THREE_DAYS = 3 * 86_400_000
SET_WRONG = """
(() => {
  const Right = Date, off = () => Number(localStorage.getItem("off by") ?? 0);
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + off()); }
    static now() { return Right.now() + off(); }
  };
})()
"""


def night_of(phone: Phone) -> dict[str, str]:
    """The night shift that the phone's own wall clock speaks of: 19:30 until 08:00."""
    wall = phone.now().astimezone(LONDON).replace(tzinfo=None)
    begun = wall.date() if wall.hour >= 19 else wall.date() - timedelta(days=1)
    return {"start": f"{begun}T19:30", "end": f"{begun + timedelta(days=1)}T08:00"}


def write(phone: Phone, cast: Cast) -> Kept:
    """A check-in about the night that the phone proposes."""
    night = night_of(phone)
    fields = {"pairing": str(cast.pairing), "audience": "self", "face": 2, "shift_date": night["start"][:10]}
    return phone.save("checkin", "record", {**fields, "shift": night})


def came_as(op: Kept) -> tuple[date, bool]:
    """The day that the server keeps, and whether it may be wrong."""
    db.session.rollback()
    checkin = db.session.get_one(Checkin, UUID(op.body["entity"]))
    return checkin.shift_date, checkin.day_uncertain


def send(phone: Phone) -> None:
    assert {result["status"] for result in phone.flush()} == {"applied"}


@pytest.mark.parametrize("off", DAYS_OFF)
@pytest.mark.parametrize("waited", [timedelta(0), timedelta(hours=30)])
def test_a_clock_three_days_off_names_the_right_night(
    off: timedelta, waited: timedelta, app: Flask, cast: Cast, clock: MovedClock
) -> None:
    phone = Phone.of(app, cast.mary)
    clock.at = datetime(2026, 3, 11, 2, 0, tzinfo=LONDON)
    phone.off = off
    op = write(phone, cast)
    clock.at += waited
    send(phone)
    assert came_as(op) == (date(2026, 3, 10), False)


@pytest.mark.parametrize("off", HOURS_OFF)
def test_a_clock_that_is_hours_off_names_the_right_night_or_says_that_it_may_be_wrong(
    off: timedelta, app: Flask, cast: Cast, clock: MovedClock
) -> None:
    phone = Phone.of(app, cast.mary)
    for hour in range(24):
        clock.at = datetime(2026, 3, 11, hour, 30, tzinfo=LONDON)
        phone.off = timedelta(0)
        right = date.fromisoformat(night_of(phone)["start"][:10])
        phone.off = off
        op = write(phone, cast)
        send(phone)
        day, may_be_wrong = came_as(op)
        assert day == right or may_be_wrong, (hour, day, right)


@pytest.mark.parametrize("off", [*DAYS_OFF, *HOURS_OFF])
def test_a_clock_put_right_before_the_sending_makes_the_day_uncertain(
    off: timedelta, app: Flask, cast: Cast, clock: MovedClock
) -> None:
    phone = Phone.of(app, cast.mary)
    clock.at = datetime(2026, 3, 11, 2, 0, tzinfo=LONDON)
    phone.off = off
    op = write(phone, cast)
    phone.off, clock.at = timedelta(0), clock.at + timedelta(hours=1)
    phone.knows_its_clock_changed = True
    send(phone)
    assert came_as(op)[1]


def test_a_clock_set_back_shows_by_itself(app: Flask, cast: Cast, clock: MovedClock) -> None:
    phone = Phone.of(app, cast.mary)
    phone.off = timedelta(days=3)
    op = write(phone, cast)
    phone.off = timedelta(0)
    send(phone)
    assert came_as(op)[1]


@pytest.mark.parametrize("midnight", NIGHTS, ids=["spring", "autumn"])
@pytest.mark.parametrize("off", [timedelta(0), *DAYS_OFF])
def test_the_night_when_clocks_change(
    midnight: datetime, off: timedelta, app: Flask, cast: Cast, clock: MovedClock
) -> None:
    for minutes in range(-60, 360, 30):
        clock.at = midnight.astimezone(UTC) + timedelta(minutes=minutes)
        phone = Phone.of(app, cast.mary)
        phone.off = off
        op = write(phone, cast)
        clock.at += timedelta(hours=7)
        send(phone)
        day, may_be_wrong = came_as(op)
        assert day == midnight.date() - timedelta(days=1) or (off and may_be_wrong), minutes


@pytest.mark.parametrize("put_right", [False, True])
def test_a_phone_three_days_slow_saves_and_sends(
    put_right: bool, server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    with server.inside(), writing():
        db.session.get_one(Pairing, people.pairing).made_at -= timedelta(days=14)
    device = sign_in(new_device(init_script=NO_BACKGROUND_SYNC + SET_WRONG), people.mary)  # the worker's clock is right
    device.go("/help-now")
    device.page.evaluate("(off) => localStorage.setItem('off by', off)", -THREE_DAYS)
    device.go("/")
    wait_until_known(device)
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("three days slow"))))
    if put_right:
        device.page.evaluate("localStorage.removeItem('off by')")
    device.go("/outbox")
    device.online()
    until(lambda: not device.waiting(), "the sending")
    with server.inside():
        checkin = db.session.scalars(select(Checkin)).one()
        assert checkin.day_uncertain is put_right
        if not put_right:
            assert checkin.shift_date == checkin.written_at.astimezone(LONDON).date()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
