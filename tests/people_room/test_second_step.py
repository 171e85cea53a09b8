"""The second step: set up, asked for at every new door, each code once, remembered on one's own phone only."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.client import Browser, OneRequestAfterAnother
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.people import PASSWORD, Cast
from tests.people_room.authenticator import HOME, Authenticator, begin, turn_on
from tests.people_room.conftest import is_signed_in, open_sign_ins, sign_in, token_on
from tests.people_room.test_quick_fingers import Tap, at_once
from webapp.database import db
from webapp.mail import MemoryPost

CAROL = "carol@example.org"
ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    """Carol, the coordinator, at her own device."""
    sign_in(browser, CAROL)
    return browser


@pytest.fixture
def phone(desk: Browser, clock: MovedClock) -> Authenticator:
    """Her authenticator app; the second step is on."""
    return turn_on(desk, clock)[0]


def show_code(browser: Browser, code: str, **said: object):
    """Password, then the code on the page that follows."""
    page = sign_in(browser, CAROL, **said)
    assert "Now the code" in page.text, page.status_code
    form = next(form for form in forms_of(page.text) if form.action == "/sign-in/code")
    return browser.post("/sign-in/code", form.values | {"code": code})


def at_the_door(browser: Browser, code: str) -> Tap:
    """The password was given; the tap shows the code."""
    form = next(form for form in forms_of(sign_in(browser, CAROL).text) if form.action == "/sign-in/code")
    cookies = "; ".join(f"{each.key}={each.value}" for each in browser.client._cookies.values())

    def tap() -> TestResponse:
        client = OneRequestAfterAnother(browser.app, browser.app.response_class, use_cookies=False)
        return client.post(form.action, data=form.values | {"code": code}, headers=ORIGIN | {"Cookie": cookies})

    return tap


def test_the_password_alone_opens_no_new_browser(phone: Authenticator, other: Browser, cast: Cast) -> None:
    before = len(open_sign_ins(cast.carol))
    page = sign_in(other, CAROL)
    assert page.status_code == 200
    assert "Now the code" in page.text
    assert 'autocomplete="one-time-code"' in page.text
    assert not is_signed_in(other)
    assert len(open_sign_ins(cast.carol)) == before


def test_password_and_code_sign_in_and_lead_on(phone: Authenticator, other: Browser) -> None:
    response = show_code(other, phone.next_code(), next="/quiet-hours")
    assert (response.status_code, response.location) == (303, "/quiet-hours")
    assert is_signed_in(other)


def test_it_is_off_until_a_code_confirms_it(desk: Browser, other: Browser, clock: MovedClock) -> None:
    begin(desk, clock)
    assert sign_in(other, CAROL).status_code == 303


def test_a_wrong_first_code_turns_nothing_on_and_keeps_the_picture(desk: Browser, clock: MovedClock) -> None:
    app = begin(desk, clock)
    page = desk.post(f"{HOME}/confirm", token_on(desk, HOME) | {"code": "000000"})
    assert page.status_code == 422
    assert app.secret == page.text.replace(" ", "").partition('code__value"translate="no">')[2][:32]


def test_setting_up_needs_the_password(desk: Browser, clock: MovedClock) -> None:
    page = desk.fill_in(HOME, {"password": "somebody at an open screen"}, action=HOME)
    assert page.status_code == 422
    assert "This is not your password." in page.text


def test_a_code_works_once(phone: Authenticator, other: Browser, app: Flask) -> None:
    code = phone.next_code()
    assert show_code(other, code).status_code == 303
    again = show_code(Browser(app), code)
    assert again.status_code == 422
    assert "used already" in again.text


def test_the_code_that_turned_it_on_signs_nobody_in(desk: Browser, clock: MovedClock, other: Browser) -> None:
    phone, _ = turn_on(desk, clock)
    assert show_code(other, phone.code).status_code == 422


def test_an_older_code_than_the_last_is_refused(phone: Authenticator, other: Browser, app: Flask) -> None:
    older = phone.next_code()
    assert show_code(other, phone.next_code()).status_code == 303
    assert show_code(Browser(app), older).status_code == 422


def test_one_code_at_several_doors_opens_one(desk: Browser, clock: MovedClock, app: Flask) -> None:
    phone, recovery = turn_on(desk, clock)
    for code in (phone.next_code(), *recovery[:4]):
        taps = [at_the_door(Browser(app), code) for _ in range(3)]
        assert sorted(answer.status_code for answer in at_once(app, *taps)) == [303, 422, 422]


def test_a_recovery_code_works_once_in_any_spelling(
    desk: Browser, clock: MovedClock, other: Browser, app: Flask
) -> None:
    _, codes = turn_on(desk, clock)
    assert len(set(codes)) == 10
    assert show_code(other, codes[3].lower().replace("-", " ")).status_code == 303
    assert show_code(Browser(app), codes[3]).status_code == 422
    assert "9 of 10 recovery codes are left." in other.get(HOME).text


def test_new_recovery_codes_end_the_old_ones(desk: Browser, clock: MovedClock, other: Browser) -> None:
    phone, codes = turn_on(desk, clock)
    page = desk.fill_in(f"{HOME}/codes", {"code": phone.next_code()}, action=f"{HOME}/codes")
    assert page.status_code == 200
    assert not set(codes) & set(page.text.split())
    assert show_code(other, codes[0]).status_code == 422


def test_recovery_codes_and_secret_are_not_in_the_database_in_clear(desk: Browser, clock: MovedClock) -> None:
    phone, codes = turn_on(desk, clock)
    rows = [
        *db.session.execute(text("SELECT * FROM second_factor")),
        *db.session.execute(text("SELECT * FROM recovery_code")),
    ]
    kept = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in rows for v in row)
    assert len(rows) == 11
    assert phone.secret.encode() not in kept
    for code in codes:
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept


def test_an_own_phone_is_remembered_and_a_shared_device_is_not(
    phone: Authenticator, other: Browser, app: Flask
) -> None:
    show_code(other, phone.next_code())
    other.fill_in("/settings", {}, action="/sign-out")
    assert sign_in(other, CAROL).status_code == 303, "her own phone"
    ward = Browser(app)
    show_code(ward, phone.next_code(), kind="shared")
    ward.fill_in("/settings", {}, action="/sign-out")
    assert "Now the code" in sign_in(ward, CAROL, kind="shared").text
    other.fill_in("/settings", {}, action="/sign-out")
    assert "Now the code" in sign_in(other, CAROL, kind="shared").text, "others use it too, she says now"


def test_a_remembered_phone_is_asked_again_after_half_a_year(
    phone: Authenticator, desk: Browser, clock: MovedClock
) -> None:
    desk.fill_in("/settings", {}, action="/sign-out")
    clock.move(days=179)
    assert sign_in(desk, CAROL).status_code == 303
    desk.fill_in("/settings", {}, action="/sign-out")
    clock.move(days=2)
    assert "Now the code" in sign_in(desk, CAROL).text


def test_a_phone_that_was_signed_out_elsewhere_is_asked_again(
    phone: Authenticator, desk: Browser, other: Browser
) -> None:
    show_code(other, phone.next_code())
    desk.fill_in("/devices", {}, action="/devices/sign-out-others")
    assert "Now the code" in sign_in(other, CAROL).text


def test_the_ticket_is_ours_fresh_and_good_for_one_password(
    phone: Authenticator, desk: Browser, other: Browser, clock: MovedClock
) -> None:
    form = next(f for f in forms_of(sign_in(other, CAROL).text) if f.action == "/sign-in/code")
    for ticket in ("", "AQ", "made-up", str(form.values["ticket"])[:-4] + "AAAA"):
        answer = other.post("/sign-in/code", form.values | {"ticket": ticket, "code": phone.code})
        assert (answer.status_code, is_signed_in(other)) == (422, False)
    clock.move(minutes=11)
    assert other.post("/sign-in/code", form.values | {"code": phone.code}).status_code == 422
    form = next(f for f in forms_of(sign_in(other, CAROL).text) if f.action == "/sign-in/code")
    new = {"old": PASSWORD, "password": "another long and good one"}
    assert desk.fill_in("/settings/password", new, action="/settings/password").status_code == 303
    answer = other.post("/sign-in/code", form.values | {"code": phone.next_code()})
    assert (answer.status_code, is_signed_in(other)) == (422, False)


def test_guessing_codes_is_slowed_down_for_a_day(phone: Authenticator, other: Browser, clock: MovedClock) -> None:
    form = next(f for f in forms_of(sign_in(other, CAROL).text) if f.action == "/sign-in/code")
    statuses = [other.post("/sign-in/code", form.values | {"code": f"{n:06d}"}).status_code for n in range(21)]
    assert statuses == [422] * 20 + [429]
    clock.move(hours=12)
    form = next(f for f in forms_of(sign_in(other, CAROL).text) if f.action == "/sign-in/code")
    assert other.post("/sign-in/code", form.values | {"code": phone.next_code()}).status_code == 429
    clock.move(hours=13)
    assert show_code(other, phone.next_code()).status_code == 303


def test_turning_it_off_needs_password_and_code(
    phone: Authenticator, desk: Browser, other: Browser, post: MemoryPost
) -> None:
    off = f"{HOME}/off"
    assert desk.fill_in(off, {"password": "no", "code": phone.next_code()}, action=off).status_code == 422
    assert desk.fill_in(off, {"password": PASSWORD, "code": "000000"}, action=off).status_code == 422
    assert "Now the code" in sign_in(other, CAROL).text
    assert desk.fill_in(off, {"password": PASSWORD, "code": phone.next_code()}, action=off).status_code == 303
    assert sign_in(other, CAROL).status_code == 303
