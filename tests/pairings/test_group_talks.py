"""One mentor, several mentees: one form logs the talk of each pair, once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from tests.client import Browser
from tests.page_linter import forms_of
from tests.pairings.test_pairs_list import pairs_of
from tests.people import Cast
from webapp.database import db
from webapp.pairings import Contact

TOGETHER = "/talks/together"


def kept() -> set[tuple[UUID, UUID, date, int | None]]:
    db.session.rollback()
    rows = list(db.session.scalars(select(Contact)))
    said = {(row.pairing_id, row.recorded_by_id, row.happened_on, row.minutes) for row in rows}
    assert len(said) == len(rows)
    return said


def test_one_form_keeps_a_talk_for_each_who_was_there_and_for_nobody_else(cast: Cast, browser: Browser) -> None:
    lea, zoe = pairs_of(cast, "Lea Munn", "Zoe Diaz", mentor=cast.ana)
    page = browser.sign_in(cast.ana).get(TOGETHER)
    form = next(each for each in forms_of(page.text) if each.action == TOGETHER)
    said = {**form.values, "there": [str(cast.pairing), str(lea)], "contact": "in_person", "minutes": "30"}
    assert browser.post(TOGETHER, {**said, "day": "yesterday"}).status_code == 303
    monday = date(2026, 3, 9)
    assert kept() == {(cast.pairing, cast.ana, monday, 30), (lea, cast.ana, monday, 30)}
    assert browser.post(TOGETHER, {**said, "day": "yesterday"}).status_code == 303
    assert len(kept()) == 2
    assert zoe not in {pairing for pairing, *_ in kept()}
    assert "30 minutes" in browser.sign_in(cast.mary).get(f"/talks?pairing={cast.pairing}").text


def test_who_was_there_must_be_said_and_be_ones_own_mentee(cast: Cast, browser: Browser) -> None:
    pairs_of(cast, "Lea Munn", mentor=cast.ana)
    [elsewhere] = pairs_of(cast, "Zoe Diaz")
    browser.sign_in(cast.ana)
    for said, complaint in (({}, "Choose who was there."), ({"there": str(elsewhere)}, "Zoe")):
        answer = browser.fill_in(TOGETHER, {**said, "contact": "call", "minutes": "5"}, action=TOGETHER)
        assert answer.status_code == 422
        assert (complaint in answer.text) == (complaint != "Zoe")
    assert kept() == set()


def test_a_mentor_of_one_is_shown_no_group(cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.ana).get(TOGETHER).status_code == 404
    assert TOGETHER not in browser.get(f"/talks?pairing={cast.pairing}").text
    pairs_of(cast, "Lea Munn", mentor=cast.ana)
    assert TOGETHER in browser.get(f"/talks?pairing={cast.pairing}").text
    assert TOGETHER in browser.get("/talks").text
    assert browser.sign_in(cast.mary).get(TOGETHER).status_code == 404
