"""A check-in written while the sign-in ended is made once its author is back, and once only."""

from __future__ import annotations

from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.people import Cast
from tests.people_room.conftest import sign_in
from tests.people_room.test_keeping_words import answer_of
from webapp.checkins import Checkin
from webapp.database import db

WORDS = "I was alone with eight patients."


def test_a_checkin_typed_for_two_hours_is_kept_and_made_once(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sign_in(browser, kind="shared")
    form = next(each for each in forms_of(browser.get("/check-in").text) if each.action == "/check-in")
    clock.move(hours=2)
    asked = browser.post("/check-in", form.values | {"face": "2", "words": WORDS, "audience": "mentor"})
    assert asked.status_code == 401
    page = browser.post("/sign-in", answer_of(asked.text))
    assert WORDS in page.text
    again = next(each for each in forms_of(page.text) if each.action == "/check-in")
    for _ in range(3):
        assert browser.post("/check-in", again.values).status_code == 303
    rows = db.session.scalars(select(Checkin)).all()
    assert [(row.author_id, row.words) for row in rows] == [(cast.mary, WORDS)]
