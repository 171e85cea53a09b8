"""Two taps, two people with one link, two administrators: everything happens once, and nobody sees an error."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.client import Browser, OneRequestAfterAnother
from tests.page_linter import forms_of
from tests.people import Cast
from tests.people_room.conftest import is_signed_in, letters, sign_in
from tests.people_room.test_joining import CHOSEN, NEW, invite, link_in
from tests.people_room.test_on_my_phone import digits_in, enter
from tests.people_room.test_resetting import ask
from tests.people_room.test_resetting import link_in as reset_link_in
from webapp.database import db
from webapp.mail import MemoryPost
from webapp.people import Person, Site, Unit
from webapp.people.models import Tries

Tap = Callable[[], TestResponse]


def at_once(app: Flask, *taps: Tap) -> list[TestResponse]:
    """Each tap in a thread of its own, all let go together."""
    db.session.rollback()
    together, answers = threading.Barrier(len(taps)), []

    def run(tap: Tap) -> None:
        with app.app_context():
            together.wait()
            answers.append(tap())
            db.session.remove()

    threads = [threading.Thread(target=run, args=(tap,)) for tap in taps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(taps), "a tap fell over"
    return answers


def tap_on(browser: Browser, path: str, action: str, **said: object) -> Tap:
    """A form filled in and not sent yet. The tap brings the cookies of now, as a second tap does."""
    form = next(form for form in forms_of(browser.get(path).text) if (form.action or path) == action)
    cookies = "; ".join(f"{each.key}={each.value}" for each in browser.client._cookies.values())

    def tap() -> TestResponse:
        client = OneRequestAfterAnother(browser.app, browser.app.response_class, use_cookies=False)
        headers = {"Origin": "http://localhost", "Cookie": cookies}
        return client.post(action, data={**form.values, **said}, headers=headers)

    return tap


@pytest.fixture
def invited(browser: Browser, cast: Cast, other: Browser) -> Browser:
    """Nadia's browser, with her invitation open."""
    other.get(link_in(invite(browser.sign_in(cast.admin)).text))
    return other


def people_called(name: str) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Person).where(Person.name == name)) or 0


def test_two_taps_on_join_both_lead_in(invited: Browser, app: Flask) -> None:
    tap = tap_on(invited, "/join/password", "/join/password", **CHOSEN)
    answers = at_once(app, tap, tap)
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/"), (303, "/")]


def test_a_second_tap_after_the_first_was_answered_leads_in_as_well(invited: Browser) -> None:
    form = next(each for each in forms_of(invited.get("/join/password").text) if each.action == "/join/password")
    invited.post("/join/password", form.values | CHOSEN)
    assert invited.post("/join/password", form.values | CHOSEN).location == "/"


def test_another_password_on_a_used_invitation_leads_nowhere(invited: Browser, app: Flask) -> None:
    first = tap_on(invited, "/join/password", "/join/password", **CHOSEN)
    other = tap_on(invited, "/join/password", "/join/password", **CHOSEN | {"password": "another one entirely"})
    assert first().status_code == 303
    assert other().status_code == 410


def test_two_taps_on_a_new_password_both_lead_in(
    browser: Browser, cast: Cast, post: MemoryPost, app: Flask, other: Browser
) -> None:
    ask(browser)
    other.get(reset_link_in(letters()[0].text))
    tap = tap_on(other, "/reset/password", "/reset/password", password="seven quiet night shifts", kind="own")
    answers = at_once(app, tap, tap)
    assert [answer.location for answer in answers] == ["/", "/"]


def test_two_taps_on_invite_make_one_person(browser: Browser, cast: Cast, app: Flask) -> None:
    tap = tap_on(browser.sign_in(cast.admin), "/people/invite", "/people/invite", **NEW)
    answers = at_once(app, tap, tap, tap)
    assert {answer.status_code for answer in answers} == {200}
    assert people_called("Nadia Khan") == 1


def test_two_administrators_invite_one_person(browser: Browser, cast: Cast, app: Flask) -> None:
    browser.sign_in(cast.admin)
    taps = [tap_on(browser, "/people/invite", "/people/invite", **NEW) for _ in range(2)]
    assert {answer.status_code for answer in at_once(app, *taps)} == {200, 422}
    assert people_called("Nadia Khan") == 1


def test_the_eight_digits_sign_in_one_phone_even_when_two_are_as_quick(
    browser: Browser, cast: Cast, app: Flask, other: Browser
) -> None:
    sign_in(browser)
    code = digits_in(browser.fill_in("/continue", {}, action="/continue").text)
    taps = [
        tap_on(each, "/continue/enter", "/continue/enter", identifier="mary@example.org", code=code)
        for each in (other, Browser(app))
    ]
    assert sorted(answer.status_code for answer in at_once(app, *taps)) == [303, 422]


def test_ten_tries_at_once_are_ten_tries(browser: Browser, cast: Cast, app: Flask) -> None:
    taps = [
        tap_on(Browser(app), "/sign-in", "/sign-in", identifier="mary@example.org", password="wrong", kind="own")
        for _ in range(12)
    ]
    assert sorted(answer.status_code for answer in at_once(app, *taps)) == [422] * 10 + [429] * 2
    db.session.rollback()
    assert max(db.session.scalars(select(Tries.count))) == 12


def test_a_phone_code_entered_again_on_the_phone_it_signed_in(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    code = digits_in(browser.fill_in("/continue", {}, action="/continue").text)
    enter(other, code)
    assert enter(other, code).status_code == 422
    assert is_signed_in(other)


@pytest.mark.parametrize("path", ["/people/places/new", "unit"])
def test_two_administrators_give_one_name_at_once(app: Flask, cast: Cast, browser: Browser, path: str) -> None:
    browser.sign_in(cast.admin)
    if path == "unit":
        path = f"/people/places/{db.session.scalars(select(Site.id)).one()}/units/new"
    for name in ("Riverside", "Hillside", "Lakeside"):
        taps = [tap_on(browser, path, path, name=name), tap_on(browser, path, path, name=name.upper())]
        answers = at_once(app, *taps)
        assert sorted(answer.status_code for answer in answers) == [303, 422]
        assert ["There is one with this name already." in answer.text for answer in answers].count(True) == 1


def test_a_unit_is_removed_once(app: Flask, cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.admin)
    site = db.session.scalars(select(Site.id)).one()
    browser.fill_in(f"/people/places/{site}/units/new", {"name": "Ward 9"}, action="")
    unit = db.session.scalars(select(Unit.id).where(Unit.name == "Ward 9")).one()
    tap = tap_on(browser, f"/people/units/{unit}", f"/people/units/{unit}/remove")
    assert sorted(answer.status_code for answer in at_once(app, tap, tap)) in ([303, 303], [303, 404])
