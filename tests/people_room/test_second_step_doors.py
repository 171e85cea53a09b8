"""Every other door asks for the code too: a mailed link, another device's code, a script; what was typed stays."""

from __future__ import annotations

import pytest

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.people import PASSWORD, Cast
from tests.people_room.authenticator import Authenticator, turn_on
from tests.people_room.conftest import is_signed_in, letters, sign_in
from tests.people_room.test_on_my_phone import digits_in, enter
from tests.people_room.test_resetting import ask, link_in
from webapp.mail import MemoryPost

CAROL = "carol@example.org"
ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def phone(browser: Browser, cast: Cast, clock: MovedClock) -> Authenticator:
    """Carol's app; she is signed in at `browser`."""
    sign_in(browser, CAROL)
    return turn_on(browser, clock)[0]


def go_on(browser: Browser, page: str, code: str):
    form = next(form for form in forms_of(page) if form.action == "/sign-in/code")
    return browser.post("/sign-in/code", form.values | {"code": code})


def test_a_mailed_link_does_not_replace_the_code(phone: Authenticator, other: Browser, post: MemoryPost) -> None:
    ask(other, CAROL)
    other.get(link_in(letters()[0].text))
    chosen = {"password": "a new and long password", "kind": "own"}
    page = other.fill_in("/reset/password", chosen, action="/reset/password")
    assert "Now the code" in page.text
    assert not is_signed_in(other)
    assert go_on(other, page.text, phone.next_code()).status_code == 303
    assert is_signed_in(other)


def test_continuing_on_a_phone_asks_there(phone: Authenticator, browser: Browser, other: Browser) -> None:
    digits = digits_in(browser.fill_in("/continue", {}, action="/continue").text)
    page = enter(other, digits, CAROL)
    assert "Now the code" in page.text
    assert not is_signed_in(other)
    assert go_on(other, page.text, phone.next_code()).status_code == 303


def test_a_page_that_signs_in_again_in_place_asks_in_place(phone: Authenticator, other: Browser) -> None:
    said = {"identifier": CAROL, "password": PASSWORD, "kind": "shared"}
    answer = other.client.post("/sign-in", json=said, headers=ORIGIN)
    assert (answer.status_code, answer.get_json()["type"]) == (403, "second_step")
    wrong = other.client.post("/sign-in", json=said | {"code": "000000"}, headers=ORIGIN)
    assert (wrong.status_code, wrong.get_json()["type"]) == (403, "wrong_code")
    right = other.client.post("/sign-in", json=said | {"code": phone.next_code()}, headers=ORIGIN)
    assert right.status_code == 200
    assert is_signed_in(other)


def test_what_was_typed_before_is_still_there_after_the_code(phone: Authenticator, browser: Browser) -> None:
    browser.fill_in("/settings", {}, action="/sign-out")
    words = {"audience": "self", "face": "2", "words": "Written before I was signed out."}
    page = browser.post("/check-in", words)
    assert page.status_code == 401
    form = next(form for form in forms_of(page.text) if form.action == "/sign-in")
    said = {"identifier": CAROL, "password": PASSWORD, "kind": "shared"}
    page = browser.post("/sign-in", form.values | said)
    assert "Now the code" in page.text
    form = next(form for form in forms_of(page.text) if form.action == "/sign-in/code")
    late = browser.post("/sign-in/code", form.values | {"ticket": "", "code": "1"})
    assert "What you typed is kept." in late.text, "too late: back at the password, with the words"
    assert (
        "Written before I was signed out."
        in browser.post("/sign-in/code", form.values | {"code": phone.next_code()}).text
    )
