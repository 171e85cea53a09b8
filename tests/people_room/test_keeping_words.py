"""What was typed when a sign-in had ended is kept until its author is back, and goes to nobody else."""

from __future__ import annotations

import pytest

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.people import PASSWORD, Cast
from tests.people_room.conftest import is_signed_in, load, sign_in
from webapp.people.kept import KeptPost

WORDS = "I was alone with eight patients & <b>nobody</b> came"
POSTED = {"csrf_token": "old", "op_id": "0199", "entity": "0200", "words": WORDS, "lang": "es", "zone": "Europe/Madrid"}


@pytest.fixture
def expired(browser: Browser, cast: Cast, clock: MovedClock) -> Browser:
    """Mary's browser, two hours after she last touched the shared device."""
    sign_in(browser, kind="shared")
    clock.move(hours=2)
    return browser


def answer_of(page_text: str, identifier: str = "mary@example.org") -> dict[str, object]:
    form = next(form for form in forms_of(page_text) if form.action == "/sign-in")
    return {**form.values, "identifier": identifier, "password": PASSWORD, "kind": "shared"}


@pytest.mark.one_database
def test_a_post_that_came_too_late_is_asked_to_sign_in_and_kept(expired: Browser) -> None:
    response = expired.post("/settings", POSTED)
    assert response.status_code == 401
    assert "Sign in and go on" in response.text
    page = expired.post("/sign-in", answer_of(response.text))
    assert "Your words are still here" in page.text
    assert "&lt;b&gt;nobody&lt;/b&gt;" in page.text
    [form] = [form for form in forms_of(page.text) if form.action == "/settings"]
    kept = {name: value for name, value in form.values.items() if name != "csrf_token"}
    assert kept == {name: value for name, value in POSTED.items() if name != "csrf_token"}


def test_one_tap_then_does_what_the_form_wanted(expired: Browser, cast: Cast) -> None:
    response = expired.post("/settings", POSTED)
    page = expired.post("/sign-in", answer_of(response.text))
    [form] = [form for form in forms_of(page.text) if form.action == "/settings"]
    assert expired.post("/settings", form.values).status_code == 303
    assert load(cast.mary).zone == "Europe/Madrid"


@pytest.mark.one_database
def test_a_wrong_password_keeps_the_words(expired: Browser) -> None:
    response = expired.post("/settings", POSTED)
    again = expired.post("/sign-in", answer_of(response.text) | {"password": "wrong horse battery staple"})
    assert again.status_code == 422
    assert "What you typed is kept." in again.text
    page = expired.post("/sign-in", answer_of(again.text))
    assert "Your words are still here" in page.text


@pytest.mark.one_database
def test_the_next_person_at_the_device_can_neither_read_nor_send_them(expired: Browser) -> None:
    response = expired.post("/settings", POSTED)
    assert "nobody</b>" not in response.text
    assert "alone" not in response.text
    page = expired.post("/sign-in", answer_of(response.text, "ana@example.org"))
    assert page.status_code == 422
    assert "Somebody else typed something on this page" in page.text
    assert "alone" not in page.text
    assert not is_signed_in(expired)
    hers = expired.post("/sign-in", answer_of(page.text))
    assert "Your words are still here" in hers.text, "and they are still there for her"


def test_after_signing_out_in_another_tab_they_still_belong_to_her(browser: Browser, cast: Cast) -> None:
    sign_in(browser, kind="shared")
    browser.fill_in("/settings", {}, action="/sign-out")
    response = browser.post("/settings", POSTED)
    assert browser.post("/sign-in", answer_of(response.text, "ana@example.org")).status_code == 422
    assert "Your words are still here" in browser.post("/sign-in", answer_of(response.text)).text


def test_names_that_stand_twice_are_kept_twice_and_in_order(expired: Browser) -> None:
    response = expired.post("/settings?from=mail", {"roles": ["mentor", "mentee"], "words": ""})
    page = expired.post("/sign-in", answer_of(response.text))
    assert 'action="/settings?from=mail"' in page.text
    at = [page.text.index(f'name="roles" value="{role}"') for role in ("mentor", "mentee")]
    assert at == sorted(at)


@pytest.mark.one_database
def test_passwords_are_not_kept(expired: Browser) -> None:
    response = expired.post("/settings/password", {"password": "a new one entirely", "words": "hello there"})
    page = expired.post("/sign-in", answer_of(response.text))
    assert "a new one entirely" not in page.text


@pytest.mark.one_database
def test_words_that_were_tampered_with_are_nobodys(expired: Browser) -> None:
    response = expired.post("/settings", POSTED)
    answer = answer_of(response.text)
    kept = str(answer["kept"])
    for broken in (kept[:-8] + "AAAAAAAA", "x", "é", "AAAA"):
        assert expired.post("/sign-in", answer | {"kept": broken}).status_code == 422
    assert not is_signed_in(expired)


@pytest.mark.one_database
def test_whoever_was_never_here_may_still_go_on(browser: Browser, cast: Cast) -> None:
    response = browser.post("/settings", POSTED)
    page = browser.post("/sign-in", answer_of(response.text, "ana@example.org"))
    assert "Your words are still here" in page.text


def test_only_words_are_shown_not_ids() -> None:
    kept = KeptPost("/x", [("op_id", "0199"), ("words", "two words"), ("_note", "not this"), ("face", "3")])
    assert kept.words == ["two words"]
