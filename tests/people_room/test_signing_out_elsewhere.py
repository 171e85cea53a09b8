"""Signing out everywhere else, and sign-ins that ended long ago."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.people_room.conftest import is_signed_in, sign_in
from webapp import worker
from webapp.database import db
from webapp.people import SignIn


def test_one_tap_signs_out_everywhere_else(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    sign_in(other)
    response = browser.fill_in("/devices", {}, action="/devices/sign-out-others")
    assert (response.status_code, response.location) == (303, "/devices")
    assert "You are signed out everywhere else." in browser.get("/devices").text
    assert is_signed_in(browser)
    assert not is_signed_in(other)


def test_it_ends_nobody_elses_sign_in(browser: Browser, cast: Cast, other: Browser) -> None:
    third = Browser(browser.app)
    for each in (browser, third):
        sign_in(each)
    sign_in(other, "ana@example.org")
    browser.fill_in("/devices", {}, action="/devices/sign-out-others")
    assert is_signed_in(other)
    assert not is_signed_in(third)


def test_with_one_device_there_is_nothing_to_sign_out(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    assert "sign-out-others" not in browser.get("/devices").text


def test_a_sign_in_that_ended_long_ago_is_forgotten(
    browser: Browser, cast: Cast, other: Browser, clock: MovedClock
) -> None:
    sign_in(browser)
    sign_in(other, kind="shared")
    browser.fill_in("/settings", {}, action="/sign-out")
    clock.move(days=89)
    worker.tidy()
    assert sign_ins() == 2
    clock.move(days=2)
    worker.tidy()
    assert sign_ins() == 0
    assert not is_signed_in(browser), "its leftover cookie is nobody's"


def test_an_open_sign_in_is_not_forgotten(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sign_in(browser)
    clock.move(days=150)
    worker.tidy()
    assert is_signed_in(browser)


def sign_ins() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SignIn)) or 0
