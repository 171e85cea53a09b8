"""The second step of the desk: asked for, required after 14 days, turned off for somebody, and the last way in."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.people_room.authenticator import HOME, turn_on
from tests.people_room.conftest import is_signed_in, letters, load, sign_in, token_on
from webapp.audit import AuditRow
from webapp.database import db, writing
from webapp.mail import MemoryPost
from webapp.people import Person, close_account

CAROL, ADA = "carol@example.org", "ada@example.org"
ASKS = "Protect yours with a second step"
PLACE = "/people/second-step"


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    sign_in(browser, CAROL)
    return browser


@pytest.fixture
def ada(cast: Cast, other: Browser) -> Browser:
    """The administrator's browser."""
    sign_in(other, ADA)
    return other


def test_the_desk_is_asked_and_may_say_not_now(desk: Browser, clock: MovedClock) -> None:
    assert ASKS in desk.get("/programme").text
    assert desk.fill_in("/programme", {}, action=f"{HOME}/later").status_code == 303
    assert ASKS not in desk.get("/programme").text
    clock.move(days=15)
    assert ASKS in desk.get("/programme").text


@pytest.mark.one_database
def test_who_has_it_is_not_asked(desk: Browser, clock: MovedClock) -> None:
    turn_on(desk, clock)
    assert ASKS not in desk.get("/programme").text


def test_what_is_required_is_announced_14_days_before(desk: Browser, ada: Browser, clock: MovedClock) -> None:
    assert ada.fill_in(PLACE, {"required": "yes"}, action=PLACE).status_code == 303
    assert "Your organisation needs it for your role from" in desk.get(HOME).text
    assert desk.get("/programme").status_code == 200
    clock.move(days=14)
    page = desk.get("/programme")
    assert page.status_code == 403
    assert "First the second step" in page.text
    assert desk.get("/").status_code == desk.get("/journal").status_code == 200, "her own words always open"
    turn_on(desk, clock)
    assert desk.get("/programme").status_code == 200


def test_it_is_asked_of_nobody_else(browser: Browser, ada: Browser, clock: MovedClock) -> None:
    ada.fill_in(PLACE, {"required": "yes"}, action=PLACE)
    clock.move(days=15)
    sign_in(browser)
    assert browser.get("/").status_code == 200
    assert "Your organisation needs it" not in browser.get(HOME).text


def test_it_can_be_only_asked_for_again(desk: Browser, ada: Browser, clock: MovedClock) -> None:
    ada.fill_in(PLACE, {"required": "yes"}, action=PLACE)
    assert ada.fill_in(PLACE, {"required": "no"}, action=PLACE).status_code == 303
    clock.move(days=15)
    assert desk.get("/programme").status_code == 200


@pytest.mark.one_database
def test_an_administrator_turns_off_what_was_lost(
    desk: Browser, ada: Browser, app: Flask, cast: Cast, clock: MovedClock, post: MemoryPost
) -> None:
    turn_on(desk, clock)
    person = f"/people/{cast.carol}"
    assert ada.fill_in(person, {}, action=f"{person}/second-step/off").status_code == 303
    assert sign_in(Browser(app), CAROL).status_code == 303
    assert [letter.address for letter in letters()] == [CAROL]
    assert "second step" in letters()[0].text
    row = db.session.scalars(db.select(AuditRow).where(AuditRow.event == "people.second_step_off")).one()
    assert (row.actor_id, row.subject_id) == (cast.admin, cast.carol)


@pytest.mark.one_database
def test_an_administrator_does_not_turn_off_her_own_that_way(
    ada: Browser, app: Flask, cast: Cast, clock: MovedClock
) -> None:
    turn_on(ada, clock)
    assert ada.post(f"/people/{cast.admin}/second-step/off", token_on(ada)).location == f"{HOME}/off"
    assert "Now the code" in sign_in(Browser(app), ADA).text


def test_the_command_lets_the_last_administrator_in_again(
    ada: Browser, app: Flask, cast: Cast, clock: MovedClock
) -> None:
    turn_on(ada, clock)
    said = run(app, "ADA@example.org ")
    fresh = Browser(app)
    fresh.get(link_of(said))
    chosen = {"password": "a new and long password", "kind": "own"}
    assert fresh.fill_in("/reset/password", chosen, action="/reset/password").location == "/"
    assert is_signed_in(fresh)
    assert not is_signed_in(ada), "the sign-ins of before are over"
    events = {row.event: row.actor_id for row in db.session.scalars(db.select(AuditRow))}
    assert events["people.let_in_by_command"] is None


@pytest.mark.one_database
def test_the_command_makes_an_administrator_only_where_there_is_none(app: Flask, cast: Cast) -> None:
    assert "is no administrator" in run(app, CAROL, code=1)
    with writing():
        db.session.get_one(Person, cast.admin).closed_at = app.extensions["clock"]()
    assert "/reset/" in run(app, CAROL)
    assert "administrator" in load(cast.carol).roles


def test_the_command_opens_a_closed_account_again(app: Flask, cast: Cast) -> None:
    with writing():
        person(cast.carol).give_roles({"administrator"})
    with writing():
        close_account(person(cast.carol), person(cast.admin))
    assert "/reset/" in run(app, ADA)
    assert load(cast.admin).is_active


@pytest.mark.one_database
def test_the_command_says_when_nobody_is_called_that(app: Flask, cast: Cast) -> None:
    assert "Nobody here has" in run(app, "nobody@example.org", code=1)


def person(person_id: object) -> Person:
    return db.session.get_one(Person, person_id)


def run(app: Flask, identifier: str, code: int = 0) -> str:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["recover-administrator", identifier])
    assert result.exit_code == code, result.output
    return str(result.output)


def link_of(said: str) -> str:
    found = re.search(r"http://localhost(/reset/\S+)", said)
    assert found, said
    return found[1]
