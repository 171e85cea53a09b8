"""A person says when they wish to be left in peace; it works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.push.conftest import Phone, tell
from webapp import push
from webapp.database import db, writing
from webapp.push.models import PushMessage, QuietHours

PhoneOf = Callable[..., Phone]
WINDOW, NIGHTS, AWAY = "/quiet-hours", "/quiet-hours/nights", "/quiet-hours/away"
BACK = "/quiet-hours/back"


def quiet_of(person_id: UUID) -> QuietHours | None:
    db.session.rollback()
    return db.session.get(QuietHours, person_id)


def due_at() -> datetime:
    db.session.rollback()
    return db.session.scalars(select(PushMessage.due_at)).one()


def test_the_usual_window_is_there_before_anything_is_said(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.ana).get(WINDOW)
    assert page.status_code == 200
    assert 'value="21:00"' in page.text
    assert 'value="09:00"' in page.text
    assert quiet_of(cast.ana) is None


def test_a_window_of_ones_own(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.ana).fill_in(WINDOW, {"starts": "22:30", "ends": "07:15"}, action=WINDOW)
    assert (answer.status_code, answer.location) == (303, WINDOW)
    row = quiet_of(cast.ana)
    assert row is not None
    assert (row.starts, row.ends) == (time(22, 30), time(7, 15))
    assert quiet_of(cast.mary) is None
    assert 'value="22:30"' in browser.get(WINDOW).text


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("08:00", "08:00", "Choose two different times."),
        ("08:00", "07:00", "Leave at least four hours"),
        ("21:00", "17:01", "Leave at least four hours"),
        ("", "09:00", "Choose when quiet begins."),
        ("25:00", "09:00", "error"),
    ],
)
def test_a_window_that_cannot_be_is_said_and_kept_in_the_form(
    browser: Browser, cast: Cast, starts: str, ends: str, said: str
) -> None:
    answer = browser.sign_in(cast.ana).fill_in(WINDOW, {"starts": starts, "ends": ends}, action=WINDOW)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Error:" in answer.text
    assert f'value="{ends}"' in answer.text
    assert quiet_of(cast.ana) is None


def test_four_hours_in_which_to_be_told_are_enough(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.ana).fill_in(WINDOW, {"starts": "21:00", "ends": "17:00"}, action=WINDOW)
    assert answer.status_code == 303


def test_on_nights_this_week_is_one_tap_and_ends_on_sunday(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    browser.sign_in(cast.ana).fill_in(NIGHTS.removesuffix("/nights"), {"on_nights": "yes"}, action=NIGHTS)
    row = quiet_of(cast.ana)
    assert row is not None
    assert row.nights_until == date(2026, 3, 15)
    page = browser.get(WINDOW)
    assert "Sun 15 March" in page.text
    assert "We tell you what is new on Tue 10 March, 18:00" in page.text
    browser.fill_in(WINDOW, {"on_nights": "no"}, action=NIGHTS)
    assert "On nights this week" in browser.get(WINDOW).text
    clock.at = datetime(2026, 3, 16, 10, tzinfo=UTC)
    assert "On nights this week" in browser.get(WINDOW).text


def test_nights_of_a_past_week_are_not_shown(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, nights_until=date(2026, 3, 8)))
    assert "My nights are over" not in browser.sign_in(cast.ana).get(WINDOW).text


def test_away_until_a_day_and_back_again(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ana).fill_in(WINDOW, {"away_until": "2026-03-20"}, action=AWAY)
    row = quiet_of(cast.ana)
    assert row is not None
    assert row.away_until == date(2026, 3, 20)
    assert "Fri 20 March" in browser.get(WINDOW).text
    browser.fill_in(WINDOW, {}, action=BACK)
    row = quiet_of(cast.ana)
    assert row is not None
    assert row.away_until is None


@pytest.mark.parametrize("day", ["2026-03-10", "2025-01-01", "2027-03-12", "9999-12-31", "tomorrow", ""])
def test_a_day_that_cannot_be_is_said(browser: Browser, cast: Cast, day: str) -> None:
    answer = browser.sign_in(cast.ana).fill_in(WINDOW, {"away_until": day}, action=AWAY)
    assert answer.status_code == 422
    assert quiet_of(cast.ana) is None


def test_being_back_sends_what_waited(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone = phone_of(cast.ana)
    phone.browser.fill_in(WINDOW, {"away_until": "2026-03-12"}, action=AWAY)
    tell(cast.ana, "note")
    push.release_due()
    assert due_at() == datetime(2026, 3, 12, 9, tzinfo=UTC)
    phone.browser.fill_in(WINDOW, {}, action=BACK)
    assert due_at() == clock()


def test_a_change_of_quiet_does_not_hurry_a_bundle(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "checkins_to_read")
    half_past = due_at()
    clock.move(minutes=10)
    phone.browser.fill_in(WINDOW, {"on_nights": "no"}, action=NIGHTS)
    assert due_at() == half_past


def test_a_form_without_its_token_changes_nothing(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ana)
    assert browser.post(NIGHTS, {"on_nights": "yes"}).status_code == 400
    assert browser.post(AWAY, {"away_until": "2026-03-20"}).status_code == 422
    assert browser.post(BACK).status_code == 400
    assert browser.post(WINDOW, {"starts": "22:00", "ends": "08:00"}).status_code == 422
    assert quiet_of(cast.ana) is None


def test_nobody_signed_in_is_asked_to_sign_in(cast: Cast, browser: Browser) -> None:
    assert browser.client.get(WINDOW).status_code in (302, 303)
