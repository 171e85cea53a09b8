"""Signing in: one way in, one neutral answer for every failure, and a door that slows down."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import PASSWORD, Cast
from tests.people_room.conftest import is_signed_in, load, open_sign_ins, sign_in
from webapp.clock import now
from webapp.database import db, writing
from webapp.people import Organisation, Person

WRONG = "do not match"


def test_a_person_signs_in_and_comes_to_today(browser: Browser, cast: Cast) -> None:
    response = sign_in(browser)
    assert (response.status_code, response.location) == (303, "/")
    assert is_signed_in(browser)


def test_a_staff_number_works_as_well_in_any_capitals(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).staff_number = "rn-0417"
    assert sign_in(browser, " RN-0417 ").status_code == 303


@pytest.mark.one_database
@pytest.mark.parametrize("identifier", ["mary@example.org", "nobody@example.org", "RN-1", "éè", "' OR 1=1 --"])
def test_every_failure_says_the_same(browser: Browser, cast: Cast, identifier: str) -> None:
    response = sign_in(browser, identifier, "wrong horse battery staple")
    assert response.status_code == 422
    assert WRONG in response.text
    assert "<title>Error: Sign in" in response.text
    assert not is_signed_in(browser)


@pytest.mark.one_database
def test_what_was_typed_stays_but_never_the_password(browser: Browser, cast: Cast) -> None:
    response = sign_in(browser, password="wrong horse battery staple")
    assert 'value="mary@example.org"' in response.text
    assert "wrong horse" not in response.text


@pytest.mark.one_database
def test_an_empty_form_says_what_is_missing(browser: Browser, cast: Cast) -> None:
    response = sign_in(browser, "", "")
    assert response.status_code == 422
    assert 'href="#identifier">Write your e-mail or staff number.' in response.text
    assert 'href="#password">Write your password.' in response.text


def test_nobody_signs_in_to_a_closed_account(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).closed_at = now()
    assert WRONG in sign_in(browser).text


def test_nobody_signs_in_before_they_have_a_password(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).password_hash = None
    assert WRONG in sign_in(browser, password="nobody signs in with this").text


def test_unknown_people_cost_as_much_work_as_known_ones(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, *args: verified.append(1) or verify(self, *args))
    sign_in(browser, "nobody@example.org")
    sign_in(browser, "mary@example.org", "wrong horse battery staple")
    assert len(verified) == 2


def test_an_old_hash_is_made_anew(browser: Browser, cast: Cast) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash(PASSWORD)
    with writing():
        db.session.get_one(Person, cast.mary).password_hash = old
    sign_in(browser)
    assert load(cast.mary).password_hash != old
    assert sign_in(Browser(browser.app)).status_code == 303


def test_accents_count_the_same_from_every_keyboard(browser: Browser, cast: Cast, other: Browser) -> None:
    from webapp.people import hash_of_password

    with writing():
        db.session.get_one(Person, cast.mary).password_hash = hash_of_password("contraseña muy larga")
    assert sign_in(browser, password="contrasen\u0303a muy larga").status_code == 303


@pytest.mark.one_database
@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\nx", ""]
)
def test_next_leads_nowhere_but_here(browser: Browser, cast: Cast, wish: str) -> None:
    assert sign_in(browser, next=wish).location == "/"


def test_one_comes_back_to_where_one_was_going(browser: Browser, cast: Cast) -> None:
    response = browser.get("/settings?from=mail")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/settings%3Ffrom%3Dmail"
    page = browser.fill_in(
        response.location, {"identifier": "mary@example.org", "password": PASSWORD, "kind": "own"}, action="/sign-in"
    )
    assert page.location == "/settings?from=mail"


def test_whoever_is_signed_in_goes_straight_on(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    assert browser.get("/sign-in?next=/settings").location == "/settings"


def test_an_account_slows_down_after_ten_tries(browser: Browser, cast: Cast, clock: MovedClock, other: Browser) -> None:
    for _ in range(10):
        assert sign_in(browser, password="wrong horse battery staple").status_code == 422
    response = sign_in(other)
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) == 15 * 60
    assert "Please wait 15 minutes" in response.text
    assert 'value="mary@example.org"' in response.text
    clock.move(minutes=15)
    assert sign_in(other).status_code == 303


def test_people_who_do_not_exist_slow_down_as_well(browser: Browser, cast: Cast) -> None:
    for _ in range(10):
        sign_in(browser, "nobody@example.org")
    assert sign_in(browser, "nobody@example.org").status_code == 429


def test_a_stranger_cannot_lock_her_out_of_her_own_phone(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    for _ in range(11):
        sign_in(other, password="wrong horse battery staple")
    assert sign_in(other).status_code == 429
    browser.client.delete_cookie("session")
    assert sign_in(browser).status_code == 303


def test_the_right_password_forgives_the_tries_before(browser: Browser, cast: Cast, other: Browser) -> None:
    for _ in range(9):
        sign_in(other, password="wrong horse battery staple")
    sign_in(other)
    other.client.delete_cookie("session")
    for _ in range(9):
        assert sign_in(other, password="wrong horse battery staple").status_code == 422


def test_an_address_that_tries_many_names_slows_down(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.people.throttle.TRIES_FROM_AN_ADDRESS", 3)
    for number in range(3):
        assert sign_in(browser, f"RN-{number}").status_code == 422
    assert sign_in(browser, "RN-4").status_code == 429


def test_the_session_of_before_is_worth_nothing_afterwards(browser: Browser, cast: Cast) -> None:
    browser.get("/sign-in")
    planted = browser.client.get_cookie("session")
    sign_in(browser)
    assert planted is not None
    browser.client.set_cookie("session", planted.value)
    assert not is_signed_in(browser)


def test_who_signs_in_ends_the_sign_in_of_whoever_was_here(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ana, "shared")
    page = browser.get("/settings")
    assert "Ana Ruiz" in page.text
    with writing():
        db.session.get_one(Person, cast.mary).staff_number = "RN-1"
    browser.post("/sign-in", {"identifier": "x"})
    browser.client.post(
        "/sign-in",
        json={"identifier": "mary@example.org", "password": PASSWORD, "kind": "shared"},
        headers={"Origin": "http://localhost"},
    )
    assert open_sign_ins(cast.ana) == []
    assert "Mary Okafor" in browser.get("/settings").text


def test_a_form_of_the_page_before_counts_after_signing_in_again(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    page = browser.get("/settings")
    clock: MovedClock = browser.app.extensions["clock"]
    clock.move(days=181)
    assert not is_signed_in(browser)
    browser.client.post(
        "/sign-in",
        json={"identifier": "mary@example.org", "password": PASSWORD, "kind": "own"},
        headers={"Origin": "http://localhost"},
    )
    from tests.page_linter import forms_of

    form = next(form for form in forms_of(page.text) if form.action == "/settings")
    assert browser.post("/settings", {**form.values, "lang": "es"}).status_code == 303
    assert load(cast.mary).lang == "es"


def test_an_own_phone_stays_signed_in_when_the_browser_closes(browser: Browser, cast: Cast) -> None:
    cookies = sign_in(browser).headers.getlist("Set-Cookie")
    lasting = {cookie.partition("=")[0] for cookie in cookies if "Expires=" in cookie or "Max-Age=" in cookie}
    assert {"session", "here"} <= lasting


def test_a_shared_device_forgets_when_the_browser_closes(browser: Browser, cast: Cast) -> None:
    cookies = sign_in(browser, kind="shared").headers.getlist("Set-Cookie")
    lasting = {cookie.partition("=")[0] for cookie in cookies if "Expires=" in cookie or "Max-Age=" in cookie}
    assert not {"session", "here"} & lasting


PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
PC = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.one_database
@pytest.mark.parametrize(("agent", "kind"), [(PHONE, "own"), (PC, "shared")])
def test_the_likely_answer_is_chosen_already(browser: Browser, cast: Cast, agent: str, kind: str) -> None:
    assert chosen_kind(browser, agent) == kind


def test_a_browser_that_was_own_before_is_own_again(browser: Browser, cast: Cast) -> None:
    sign_in(browser, kind="own")
    browser.client.delete_cookie("session")
    assert chosen_kind(browser, PC) == "own"


def test_a_phone_that_was_shared_before_is_shared_again(browser: Browser, cast: Cast) -> None:
    sign_in(browser, kind="shared")
    browser.client.delete_cookie("session")
    assert chosen_kind(browser, PHONE) == "shared"


def chosen_kind(browser: Browser, agent: str) -> object:
    from tests.page_linter import forms_of

    page = browser.get("/sign-in", headers={"User-Agent": agent})
    return next(form for form in forms_of(page.text) if form.action == "/sign-in").values["kind"]


def by_script(browser: Browser, said: object, **headers: str):
    return browser.client.post("/sign-in", json=said, headers={"Origin": "http://localhost", **headers})


def test_a_page_signs_in_again_in_place(browser: Browser, cast: Cast) -> None:
    response = by_script(browser, {"identifier": "mary@example.org", "password": PASSWORD, "kind": "own"})
    assert (response.status_code, response.json) == (200, {"ok": True})
    assert is_signed_in(browser)


@pytest.mark.parametrize(
    ("said", "status", "type_"),
    [
        ({"identifier": "mary@example.org", "password": "wrong"}, 403, "wrong_password"),
        ({"identifier": "nobody@example.org", "password": "wrong"}, 403, "wrong_password"),
        ({"password": "x"}, 422, "invalid"),
        ({"identifier": "x", "password": "y", "kind": "theirs"}, 422, "invalid"),
        ([], 422, "invalid"),
        (7, 422, "invalid"),
    ],
)
def test_a_script_is_told_why_not_in_the_one_shape(
    browser: Browser, cast: Cast, said: object, status: int, type_: str
) -> None:
    response = by_script(browser, said)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.json["type"] == type_


def test_a_script_from_elsewhere_is_refused(browser: Browser, cast: Cast) -> None:
    said = {"identifier": "mary@example.org", "password": PASSWORD}
    assert by_script(browser, said, Origin="https://evil.example").status_code == 403
    assert browser.client.post("/sign-in", json=said).status_code == 403
    assert not is_signed_in(browser)


def test_a_script_slows_down_as_well(browser: Browser, cast: Cast) -> None:
    for _ in range(10):
        by_script(browser, {"identifier": "mary@example.org", "password": "wrong"})
    response = by_script(browser, {"identifier": "mary@example.org", "password": PASSWORD})
    assert response.status_code == 429
    assert response.json["type"] == "too_many_tries"
    assert int(response.headers["Retry-After"]) == 900


def test_invented_people_sign_in_with_one_tap(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Organisation, 1).demo_since = now()
    page = browser.get("/sign-in")
    assert "Mary Okafor" in page.text
    response = browser.fill_in("/sign-in", {"person": str(cast.mary)}, action="/sign-in/demo")
    assert response.status_code == 303
    assert "Mary Okafor" in browser.get("/settings").text


def test_nobody_signs_in_with_one_tap_outside_a_demonstration(browser: Browser, cast: Cast) -> None:
    assert "Mary Okafor" not in browser.get("/sign-in").text
    assert browser.post("/sign-in/demo", {"person": str(cast.mary)}).status_code == 404
    assert not is_signed_in(browser)


@pytest.mark.parametrize("person", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_invented_person_must_exist(browser: Browser, cast: Cast, person: str) -> None:
    with writing():
        db.session.get_one(Organisation, 1).demo_since = now()
    assert browser.post("/sign-in/demo", {"person": person}).status_code == 404


def test_passwords_and_names_stand_in_no_log(
    app: Flask, browser: Browser, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(browser, password="wrong horse battery staple")
    sign_in(browser)
    assert "horse" not in caplog.text
    assert "mary" not in caplog.text
