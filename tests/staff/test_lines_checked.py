"""After an import every pair is looked at: whoever came above their partner at work shares nothing more unasked."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.pairings.writing_down import note, the_pairing
from tests.people import Cast
from tests.people_room.test_quick_fingers import at_once, tap_on
from tests.staff.conftest import Desk
from webapp.clock import now
from webapp.database import db, writing
from webapp.ledger import Refused
from webapp.pairings import due_asks, settle_endings
from webapp.pairings.mirror import pairings_as_seen_by
from webapp.people import Person
from webapp.programmes import Programme
from webapp.push.models import PushMessage

HEADINGS = "Staff number,Name,E-mail,Line manager,Assessor"
APART = f"{HEADINGS}\nM1,Mary Okafor,mary@example.org,,\nA1,Ana Ruiz,ana@example.org,,\nX1,Xena Moss,,,\n"
PROMOTED = f"{HEADINGS}\nM1,Mary Okafor,mary@example.org,X1,\nA1,Ana Ruiz,ana@example.org,,\nX1,Xena Moss,,A1,\n"
ASSESSES = f"{HEADINGS}\nM1,Mary Okafor,mary@example.org,,A1\n"


@pytest.fixture(autouse=True)
def numbered(cast: Cast) -> None:
    """The list knows the two by their numbers."""
    with writing():
        for person_id, number in ((cast.mary, "M1"), (cast.ana, "A1")):
            db.session.get_one(Person, person_id).staff_number = number


def is_held(cast: Cast) -> bool:
    db.session.rollback()
    db.session.expire_all()
    return the_pairing(cast.pairing).is_held


def told() -> list[tuple[UUID, str]]:
    rows = db.session.scalars(select(PushMessage).where(PushMessage.kind == "to_decide"))
    return sorted((row.person_id, row.navigate) for row in rows)


def told_kinds(person_id: UUID) -> list[str]:
    rows = db.session.scalars(select(PushMessage.kind).where(PushMessage.person_id == person_id))
    return sorted(rows)


def phone_says(cast: Cast) -> dict[str, object]:
    """What Mary's phone keeps of the pair."""
    db.session.rollback()
    db.session.expire_all()
    mary = db.session.get_one(Person, cast.mary)
    said = pairings_as_seen_by(mary, [cast.pairing])[cast.pairing][1]
    return {name: said[name] for name in ("ended", "held")}


def choose(browser: Browser, cast: Cast, who: UUID, choice: str) -> None:
    path = f"/pair/{cast.pairing}/line"
    assert browser.sign_in(who).fill_in(path, {"choice": choice}, action=path).status_code == 303


@pytest.mark.parametrize("promoted", [PROMOTED, ASSESSES])
def test_a_mentor_who_came_above_the_mentee_hears_nothing_until_both_want_it(
    cast: Cast, desk: Desk, browser: Browser, promoted: str
) -> None:
    desk.apply(APART)
    assert not is_held(cast)
    desk.apply(promoted)
    page = f"/pair/{cast.pairing}/line"
    assert is_held(cast)
    assert told() == sorted([(cast.mary, page), (cast.ana, page)])
    with pytest.raises(Refused):
        note(cast.mary, cast.pairing)
    browser.app.extensions["clock"].move(days=8)
    assert due_asks(browser.app.extensions["clock"]()) == []
    assert "One is now above the other at work" in browser.sign_in(cast.carol).get("/programme").text
    choose(browser, cast, cast.mary, "stay")
    choose(browser, cast, cast.mary, "go_on")
    assert is_held(cast)
    assert "You said that you want to go on" in browser.get(page).text
    assert "You said that you want to go on" not in browser.sign_in(cast.ana).get(page).text
    assert page in browser.get("/").text
    choose(browser, cast, cast.ana, "go_on")
    assert not is_held(cast)
    assert browser.get(page).status_code == 404
    note(cast.mary, cast.pairing)
    desk.browser.sign_in(cast.admin)
    desk.apply(promoted.replace("Okafor", "Okafor-Bell"))
    assert not is_held(cast)


@pytest.mark.parametrize("other", ["stay", "go_on"])
def test_two_may_stay_in_touch_outside_the_programme(
    cast: Cast, desk: Desk, browser: Browser, app: Flask, other: str
) -> None:
    desk.apply(APART)
    desk.apply(PROMOTED)
    assert phone_says(cast) == {"ended": True, "held": True}
    choose(browser, cast, cast.mary, "stay")
    line = f"/pair/{cast.pairing}/line"
    assert is_held(cast) and "You said that you would like to stay" in browser.get(line).text
    assert "You said that you would like to stay" not in browser.sign_in(cast.ana).get(line).text
    choose(browser, cast, cast.ana, other)
    assert not is_held(cast) and the_pairing(cast.pairing).is_friends
    assert phone_says(cast) == {"ended": False, "held": False}
    note(cast.mary, cast.pairing)
    desk.browser.sign_in(cast.admin)
    desk.apply(PROMOTED.replace("Okafor", "Okafor-Bell"))
    assert not is_held(cast), "nothing that the hospital could look at is left"
    assert told_kinds(cast.mary) == ["pair_news", "to_decide"]


def test_the_end_of_the_programme_asks_two_who_share_nothing_where_they_choose(
    app: Flask, cast: Cast, desk: Desk, browser: Browser, clock: MovedClock
) -> None:
    desk.apply(APART)
    desk.apply(PROMOTED)
    with writing():
        db.session.get_one(Programme, cast.programme).ended_at = now()
        settle_endings(now())
    assert the_pairing(cast.pairing).ended_at is None
    line = browser.sign_in(cast.mary).get(f"/pair/{cast.pairing}/line").text
    assert "Please choose by Tue 24 March." in line
    choose(browser, cast, cast.mary, "stay")
    choose(browser, cast, cast.ana, "stay")
    assert the_pairing(cast.pairing).is_friends
    clock.move(days=15)
    with writing():
        settle_endings(now())
    assert the_pairing(cast.pairing).over_since is None


def test_who_does_not_choose_in_two_weeks_after_the_programme_has_ended(
    cast: Cast, desk: Desk, browser: Browser, clock: MovedClock
) -> None:
    desk.apply(APART)
    desk.apply(PROMOTED)
    with writing():
        db.session.get_one(Programme, cast.programme).ended_at = now()
        settle_endings(now())
    choose(browser, cast, cast.mary, "go_on")
    clock.move(days=14)
    with writing():
        settle_endings(now())
    assert the_pairing(cast.pairing).over_since is not None
    assert phone_says(cast) == {"ended": True, "held": False}


def test_both_go_on_at_the_same_moment(app: Flask, cast: Cast, desk: Desk, browser: Browser) -> None:
    desk.apply(APART)
    desk.apply(PROMOTED)
    line = f"/pair/{cast.pairing}/line"
    people = (browser.sign_in(cast.mary), Browser(app).sign_in(cast.ana))
    answers = at_once(app, *(tap_on(each, line, line, choice="go_on") for each in people))
    assert [each.status_code for each in answers] == [303, 303]
    assert not is_held(cast)


def test_one_of_them_ends_it_and_nobody_else_may_say_anything(cast: Cast, desk: Desk, browser: Browser) -> None:
    desk.apply(APART)
    desk.apply(PROMOTED)
    for other in (cast.charlie, cast.carol, cast.admin):
        assert browser.sign_in(other).get(f"/pair/{cast.pairing}/line").status_code == 404
    choose(browser, cast, cast.mary, "end")
    assert the_pairing(cast.pairing).ended_at is not None


def test_a_list_that_is_put_right_lets_them_go_on_by_itself(cast: Cast, desk: Desk) -> None:
    desk.apply(APART)
    desk.apply(PROMOTED)
    assert is_held(cast)
    assert "/jobs/" in desk.press("undo").headers["Location"]
    assert not is_held(cast)
