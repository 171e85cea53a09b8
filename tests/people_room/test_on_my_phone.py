""" "Continue on my phone": ten minutes, five tries, one phone, and the other device is told."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import PASSWORD, Cast
from tests.people_room.conftest import is_signed_in, letters, open_sign_ins, sign_in
from webapp.database import db
from webapp.mail import MemoryPost
from webapp.people.models import PhoneCode

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"}


@pytest.fixture
def page(browser: Browser, cast: Cast) -> str:
    """The digits, as the ward's computer shows them to Mary."""
    sign_in(browser, kind="shared")
    response = browser.fill_in("/continue", {}, action="/continue")
    assert response.status_code == 200
    return response.text


def digits_in(text: str) -> str:
    found = re.search(r"\d{4}-\d{4}", text)
    assert found
    return found[0]


def enter(browser: Browser, code: str, identifier: str = "mary@example.org"):
    browser.client.environ_base["HTTP_USER_AGENT"] = PHONE["User-Agent"]
    return browser.fill_in("/continue/enter", {"identifier": identifier, "code": code}, action="/continue/enter")


def test_eight_digits_sign_the_phone_in_as_her_own(page: str, other: Browser, cast: Cast) -> None:
    assert enter(other, digits_in(page)).location == "/"
    assert is_signed_in(other)
    on = {(row.device.kind, row.device.name) for row in open_sign_ins(cast.mary)}
    assert on == {("shared", "Browser"), ("own", "Safari, iPhone")}


def test_the_other_device_is_told(page: str, browser: Browser, other: Browser, cast: Cast) -> None:
    assert "Your phone is signed in now" not in browser.get("/continue").text
    enter(other, digits_in(page).replace("-", " "))
    assert "Your phone is signed in now" in browser.get("/continue").text
    assert len(open_sign_ins(cast.mary)) == 2, "the ward's computer stays signed in"


def test_a_letter_tells_as_well(browser: Browser, cast: Cast, post: MemoryPost, other: Browser) -> None:
    sign_in(browser)
    enter(other, digits_in(browser.fill_in("/continue", {}, action="/continue").text))
    [letter] = letters()
    assert letter.subject == "A phone was signed in"
    assert "Safari, iPhone" in letter.text


def test_the_digits_work_once(page: str, other: Browser) -> None:
    enter(other, digits_in(page))
    assert enter(Browser(other.app), digits_in(page)).status_code == 422


def test_after_ten_minutes_they_are_too_old(page: str, other: Browser, clock: MovedClock) -> None:
    clock.move(minutes=10)
    assert enter(other, digits_in(page)).status_code == 422
    assert not is_signed_in(other)


def test_after_five_wrong_tries_the_right_digits_are_worth_nothing(page: str, other: Browser) -> None:
    for _ in range(5):
        assert enter(other, "0000-0000").status_code == 422
    assert enter(other, digits_in(page)).status_code == 422


def test_wrong_tries_are_counted_although_nothing_else_happened(page: str, other: Browser) -> None:
    enter(other, "0000-0000")
    db.session.rollback()
    assert db.session.scalars(select(PhoneCode.tries)).one() == 1


def test_the_digits_open_only_with_her_own_name(page: str, other: Browser) -> None:
    assert enter(other, digits_in(page), "ana@example.org").status_code == 422
    assert enter(other, digits_in(page), "nobody@example.org").status_code == 422


def test_new_digits_end_the_old_ones(page: str, browser: Browser, other: Browser) -> None:
    new = browser.fill_in("/continue", {}, action="/continue").text
    assert enter(other, digits_in(page)).status_code == 422
    assert enter(other, digits_in(new)).status_code == 303


def test_the_scanned_link_asks_before_it_signs_in(
    browser: Browser, cast: Cast, other: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned = scan(browser, monkeypatch)
    page = other.get(scanned)
    assert "Sign in as Mary Okafor" in page.text
    assert not is_signed_in(other)
    assert other.fill_in(scanned, {}).location == "/"
    assert is_signed_in(other)
    assert Browser(other.app).get(scanned).status_code == 410


def test_a_link_that_nobody_made_says_nothing(other: Browser, cast: Cast) -> None:
    assert other.get("/continue/x").status_code == 410


def test_a_link_pressed_too_late_says_so(
    browser: Browser, cast: Cast, other: Browser, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned = scan(browser, monkeypatch)
    other.get(scanned)
    from tests.page_linter import forms_of

    [form] = [form for form in forms_of(other.get(scanned).text) if "csrf_token" in form.values]
    clock.move(minutes=11)
    assert other.post(scanned, form.values).status_code == 410
    assert not is_signed_in(other)


def test_nobody_asks_for_digits_without_being_signed_in(other: Browser, cast: Cast) -> None:
    assert other.get("/continue").status_code == 303


def test_at_a_shared_device_left_alone_the_password_comes_first(
    browser: Browser, cast: Cast, clock: MovedClock
) -> None:
    sign_in(browser, kind="shared")
    clock.move(minutes=6)
    assert browser.fill_in("/continue", {"password": "not hers at all"}, action="/continue").status_code == 422
    response = browser.fill_in("/continue", {"password": PASSWORD}, action="/continue")
    assert response.status_code == 200
    assert digits_in(response.text)


def test_on_ones_own_phone_no_password_is_asked(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sign_in(browser, kind="own")
    clock.move(days=3)
    assert digits_in(browser.fill_in("/continue", {}, action="/continue").text)


def scan(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of the link in the picture, as a camera reads it."""
    from webapp.people.views import on_my_phone

    seen: list[str] = []
    draw = on_my_phone.qr_code
    monkeypatch.setattr(on_my_phone, "qr_code", lambda link: seen.append(link) or draw(link))
    sign_in(browser)
    browser.fill_in("/continue", {}, action="/continue")
    return seen[0].removeprefix("http://localhost")
