"""A forgotten password: one link, one hour, once; every other sign-in ends."""

from __future__ import annotations

import re

import pytest

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import PASSWORD, Cast
from tests.people_room.conftest import is_signed_in, letters, load, open_sign_ins, sign_in
from webapp.clock import now
from webapp.database import db, writing
from webapp.mail import MemoryPost
from webapp.people import Person

NEW = {"password": "seven quiet night shifts", "kind": "own"}


def ask(browser: Browser, identifier: str = "mary@example.org"):
    return browser.fill_in("/reset", {"identifier": identifier}, action="/reset")


def link_in(text: str) -> str:
    found = re.search(r"http://localhost(/reset/[\w-]+)", text)
    assert found
    return found[1]


@pytest.fixture
def link(browser: Browser, cast: Cast, post: MemoryPost) -> str:
    """The link in the letter that Mary asked for."""
    ask(browser)
    [letter] = letters()
    return link_in(letter.text)


def test_the_link_leads_to_a_new_password_and_signs_in(link: str, browser: Browser, other: Browser) -> None:
    sign_in(other)
    browser.get(link)
    assert browser.fill_in("/reset/password", NEW).location == "/"
    assert is_signed_in(browser)
    assert not is_signed_in(other)
    assert sign_in(other).status_code == 422
    assert sign_in(other, password=NEW["password"]).status_code == 303


def test_the_link_works_once(link: str, browser: Browser, other: Browser) -> None:
    other.get(link)
    browser.get(link)
    browser.fill_in("/reset/password", NEW)
    assert other.get("/reset/password").status_code == 410
    assert other.get(link).status_code == 410


def test_after_an_hour_it_is_too_old(link: str, browser: Browser, clock: MovedClock) -> None:
    browser.get(link)
    clock.move(hours=1)
    assert browser.get("/reset/password").status_code == 410
    assert browser.get(link).status_code == 410


def test_asking_again_ends_the_link_before(link: str, browser: Browser, other: Browser) -> None:
    ask(other)
    assert browser.get(link).status_code == 410


def test_asking_changes_nothing_by_itself(link: str, other: Browser, cast: Cast) -> None:
    assert sign_in(other).status_code == 303


@pytest.mark.parametrize("identifier", ["mary@example.org", "nobody@example.org", "RN-1"])
def test_the_answer_never_says_whether_we_know_somebody(
    browser: Browser, cast: Cast, post: MemoryPost, identifier: str
) -> None:
    response = ask(browser, identifier)
    assert response.status_code == 200
    assert "If we know your e-mail" in response.text
    assert identifier not in response.text


def test_nobody_who_left_or_never_joined_gets_a_link(browser: Browser, cast: Cast, post: MemoryPost) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).closed_at = now()
        db.session.get_one(Person, cast.ana).password_hash = None
    ask(browser)
    ask(browser, "ana@example.org")
    assert letters() == []


def test_asking_often_is_slowed_down(browser: Browser, cast: Cast, post: MemoryPost) -> None:
    for _ in range(10):
        ask(browser)
    assert ask(browser).status_code == 429


def test_without_a_mail_server_the_page_says_whom_to_ask(browser: Browser, cast: Cast) -> None:
    page = browser.get("/reset")
    assert "Ask an administrator" in page.text


def test_a_weak_new_password_is_refused_and_the_link_stays_good(link: str, browser: Browser) -> None:
    browser.get(link)
    assert browser.fill_in("/reset/password", NEW | {"password": "maryokafor12"}).status_code == 422
    assert browser.fill_in("/reset/password", NEW).status_code == 303


def test_an_administrator_hands_a_link_over(browser: Browser, cast: Cast, other: Browser) -> None:
    browser.sign_in(cast.admin)
    person = f"/people/{cast.mary}"
    page = browser.fill_in(person, {}, action=f"{person}/reset")
    assert "A link for Mary Okafor" in page.text
    other.get(link_in(page.text))
    assert other.fill_in("/reset/password", NEW).status_code == 303


@pytest.mark.parametrize("who", ["mary", "ana", "carol", "charlie"])
def test_nobody_else_makes_such_a_link(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who))
    assert browser.post(f"/people/{cast.mary}/reset").status_code == 404


def change(browser: Browser, old: str = PASSWORD, new: str = "seven quiet night shifts"):
    return browser.fill_in("/settings/password", {"old": old, "password": new}, action="/settings/password")


def test_changing_the_password_ends_the_other_sign_ins_only(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(browser)
    sign_in(other)
    assert change(browser).location == "/settings"
    assert is_signed_in(browser)
    assert not is_signed_in(other)
    assert len(open_sign_ins(cast.mary)) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong horse battery", "seven quiet night shifts", "This is not your password."),
        (PASSWORD, "short", "Use 12 letters or more."),
        ("", "seven quiet night shifts", "Write your password."),
    ],
)
def test_changing_the_password_needs_the_old_one_and_a_good_new_one(
    browser: Browser, cast: Cast, old: str, new: str, said: str
) -> None:
    sign_in(browser)
    before = load(cast.mary).password_hash
    response = change(browser, old, new)
    assert response.status_code == 422
    assert said in response.text
    assert load(cast.mary).password_hash == before
