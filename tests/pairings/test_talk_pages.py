"""Talks as pages: logged, changed and taken back without scripts, from either side."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.pairings.writing_down import stored_talk, talk, the_pairing
from tests.people import Cast
from webapp.database import db
from webapp.pairings import Contact, last_talk_on

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def talks() -> list[tuple[str, date, int | None]]:
    db.session.rollback()
    standing = select(Contact).where(Contact.taken_back_at.is_(None)).order_by(Contact.happened_on)
    return [(each.means, each.happened_on, each.minutes) for each in db.session.scalars(standing)]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"contact": "in_person", "minutes": "10", "day": "today"}, ("in_person", TUESDAY, 10)),
        ({"contact": "call", "minutes": "10", "more": "45", "day": "yesterday"}, ("call", MONDAY, 45)),
        ({"contact": "message", "other_day": "2026-03-02"}, ("message", date(2026, 3, 2), None)),
    ],
)
def test_a_mentor_logs_a_talk(
    cast: Cast, browser: Browser, said: dict[str, object], kept: tuple[str, date, int | None]
) -> None:
    answer = browser.sign_in(cast.ana).fill_in("/talks", dict(said), action="/talks")
    assert answer.status_code == 303
    assert talks() == [kept]


def test_today_is_the_writers_own_day(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    clock.move(days=40, hours=13, minutes=30)  # 23:30 in UTC, half past midnight in London's summer
    browser.sign_in(cast.ana).fill_in("/talks", {"contact": "call", "minutes": "5"}, action="/talks")
    assert talks() == [("call", date(2026, 4, 20), 5)]


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"minutes": "10"}, "Choose how you talked."),
        ({"contact": "call", "other_day": "2026-03-11"}, "This day is in the future."),
        ({"contact": "call", "more": "601"}, "Write minutes between 1 and 600."),
    ],
)
def test_what_cannot_be_is_said(cast: Cast, browser: Browser, said: dict[str, object], complaint: str) -> None:
    answer = browser.sign_in(cast.ana).fill_in("/talks", dict(said), action="/talks")
    assert answer.status_code == 422
    assert complaint in answer.text
    assert talks() == []


def change_path(talk_id: UUID) -> str:
    return f"/talks/{talk_id}"


def test_its_author_changes_and_takes_back_a_talk(cast: Cast, browser: Browser) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY, 20, "call")
    path = change_path(talk_id)
    browser.sign_in(cast.ana)
    assert browser.fill_in(path, {"minutes": "30", "more": ""}, action=path).status_code == 303
    assert talks() == [("call", MONDAY, 30)]
    assert browser.fill_in("/talks", {}, action="/talks/take-back").status_code == 303
    assert talks() == []
    assert browser.get(path).status_code == 404


@pytest.mark.one_database
def test_the_other_side_sees_the_talk_and_cannot_change_it(cast: Cast, browser: Browser) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY, 20, "call")
    browser.sign_in(cast.mary)
    page = browser.get("/talks").text
    assert "Kept by Ana." in page
    assert "Take back" not in page.partition("What was kept")[2].partition("</main>")[0]
    assert browser.get(change_path(talk_id)).status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("outsider", ["charlie", "carol", "admin"])
def test_nobody_else_sees_logs_or_changes_a_talk(cast: Cast, browser: Browser, outsider: str) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY, 20, "call")
    browser.sign_in(getattr(cast, outsider))
    assert browser.get(f"/talks?pairing={cast.pairing}").status_code == 404
    assert browser.get(change_path(talk_id)).status_code == 404
    token = browser.get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "pairing": str(cast.pairing), "contact": "call", "entity": str(talk_id)}
    for path in ("/talks", change_path(talk_id), "/talks/take-back"):
        assert browser.post(path, dict(form)).status_code == 404
    row = stored_talk(talk_id)
    assert row is not None
    assert row.taken_back_at is None
    assert last_talk_on(the_pairing(cast.pairing)) == MONDAY
