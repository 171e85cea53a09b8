"""A sign-in is a row and two cookies; it ends by signing out, by idling, by time, and from another device."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.people_room.conftest import is_signed_in, open_sign_ins, sign_in, token_on
from webapp.database import db, uuid7, writing
from webapp.people import Person, current_sign_in, signed_in_devices
from webapp.people.sessions import SHARED_IDLE
from webapp.web import public


def test_signing_out_ends_the_row(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    response = browser.fill_in("/settings", {}, action="/sign-out")
    assert (response.status_code, response.location) == (303, "/")
    assert open_sign_ins(cast.mary) == []
    assert not is_signed_in(browser)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    for name in ("session", "here"):
        cookie = browser.client.get_cookie(name)
        assert cookie is not None
        other.client.set_cookie(name, cookie.value)
    assert is_signed_in(other)
    browser.fill_in("/settings", {}, action="/sign-out")
    assert not is_signed_in(other)


def test_signing_out_twice_is_no_trouble(browser: Browser, cast: Cast) -> None:
    assert browser.post("/sign-out").status_code == 303


def test_signing_out_needs_our_own_page(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    assert browser.post("/sign-out").location == "/settings"
    assert is_signed_in(browser)


def test_signing_out_offline_ends_the_row_when_the_browser_is_back(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    browser.client.delete_cookie("here")
    assert not is_signed_in(browser)
    assert open_sign_ins(cast.mary) == []


def test_an_own_phone_stays_signed_in_for_months(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sign_in(browser)
    clock.move(days=150)
    assert is_signed_in(browser)
    clock.move(days=31)
    assert not is_signed_in(browser)


def test_a_shared_device_signs_out_when_nobody_touches_it(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sign_in(browser, kind="shared")
    clock.move(minutes=9)
    assert is_signed_in(browser)
    clock.move(minutes=9)
    assert is_signed_in(browser), "every page that a person opens counts"
    clock.move(seconds=SHARED_IDLE.total_seconds() + 1)
    assert not is_signed_in(browser)


def test_what_a_phone_does_by_itself_does_not_count_as_somebody(
    browser: Browser, cast: Cast, clock: MovedClock
) -> None:
    sign_in(browser, kind="shared")
    for _ in range(3):
        clock.move(minutes=4)
        browser.get("/sync/session")
        browser.get(f"/progress/{uuid7()}")
    assert not is_signed_in(browser)


@pytest.mark.slow
def test_a_shared_device_ends_after_a_shift(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sign_in(browser, kind="shared")
    for _ in range(12 * 7):
        clock.move(minutes=9)
        browser.get("/settings")
    assert not is_signed_in(browser)


def test_the_devices_of_a_person_are_where_they_are_signed_in(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    sign_in(other, kind="shared")
    assert len(signed_in_devices(db.session.get_one(Person, cast.mary))) == 2
    assert signed_in_devices(db.session.get_one(Person, cast.charlie)) == []


def test_one_device_signs_out_another(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    sign_in(other, kind="shared")
    there = next(row for row in open_sign_ins(cast.mary) if row.shared)
    assert press(browser, f"/devices/{there.id}/sign-out").location == "/devices"
    assert not is_signed_in(other)
    assert is_signed_in(browser)


def test_nobody_signs_out_somebody_else(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    [hers] = open_sign_ins(cast.mary)
    other.sign_in(cast.charlie)
    assert press(other, f"/devices/{hers.id}/sign-out").status_code == 404
    assert is_signed_in(browser)


def test_this_device_may_be_signed_out_the_same_way(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    [hers] = open_sign_ins(cast.mary)
    assert press(browser, f"/devices/{hers.id}/sign-out").location == "/"
    assert not is_signed_in(browser)


@pytest.mark.parametrize("name", ["session", "here", "browser"])
def test_a_broken_cookie_is_nobody(browser: Browser, cast: Cast, name: str) -> None:
    browser.client.set_cookie(name, "\x00not-a-cookie")
    assert browser.get("/sign-in").status_code == 200
    assert browser.get("/settings").status_code == 303


def test_the_cookies_say_what_browsers_must_keep_to(browser: Browser, cast: Cast) -> None:
    cookies = {each.partition("=")[0]: each for each in sign_in(browser).headers.getlist("Set-Cookie")}
    assert "HttpOnly" in cookies["session"]
    assert "HttpOnly" in cookies["browser"]
    assert "HttpOnly" not in cookies["here"], "script deletes it to sign out without signal"
    assert all("SameSite=Lax" in cookie for cookie in cookies.values())


@pytest.mark.own_app
def test_the_sign_in_of_a_request_is_known_inside_a_write(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    def view() -> str:
        with writing():
            return "somebody" if current_sign_in() else "nobody"

    browser.app.add_url_rule("/inside", "inside", public(view))
    sign_in(browser)
    clock.move(minutes=5)
    assert browser.client.get("/inside").text == "somebody"


def press(browser: Browser, path: str) -> TestResponse:
    """A button of a page that another room draws."""
    return browser.post(path, token_on(browser))
