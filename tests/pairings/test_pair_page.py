"""The page of a pair: the same for both, nobody else's, and nothing on it twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.pairings.writing_down import note, somebody, talk, the_pairing
from tests.people import Cast
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.pairings import end_pair
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote

NUMBER = "07700 900 456, ring me"


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def end(cast: Cast) -> None:
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/pair/{cast.pairing}"


def test_both_see_the_day_that_one_of_them_sets(cast: Cast, mary: Browser, ana: Browser, page: str) -> None:
    said = {"on": "2026-03-12", "at": "14:30", "place": "the canteen", "op_id": str(uuid7())}
    for _ in range(2):
        assert mary.fill_in(f"{page}/next", said, action=f"{page}/next").status_code == 303
    assert "Thu 12 March, 14:30, the canteen" in ana.get(page).text
    assert count(NextContact) == 1
    kept = db.session.get_one(NextContact, cast.pairing)
    assert kept.place_sealed is not None
    assert b"canteen" not in kept.place_sealed
    assert ana.fill_in(f"{page}/next", {}, action=f"{page}/next/clear").status_code == 303
    assert "Agree on a day" in mary.get(page).text


def test_two_who_set_a_day_at_once_lose_neither(mary: Browser, ana: Browser, page: str) -> None:
    opened = ana.get(f"{page}/next").text
    mary.fill_in(f"{page}/next", {"on": "2026-03-12"}, action=f"{page}/next")

    form = next(each for each in forms_of(opened) if each.action == f"{page}/next")
    answer = ana.post(f"{page}/next", {**form.values, "on": "2026-03-13"})
    assert answer.status_code == 422
    assert "What is kept now: Thu 12 March" in answer.text
    assert 'value="2026-03-13"' in answer.text
    again = next(each for each in forms_of(answer.text) if each.action == f"{page}/next")
    assert ana.post(f"{page}/next", again.values).status_code == 303
    assert "Fri 13 March" in mary.get(page).text


def test_a_day_that_is_over_is_refused_and_one_that_passed_is_not_shown(
    mary: Browser, page: str, clock: MovedClock
) -> None:
    answer = mary.fill_in(f"{page}/next", {"on": "2026-03-09", "place": "ward 4"}, action=f"{page}/next")
    assert answer.status_code == 422
    assert "This day is over" in answer.text
    assert "ward 4" in answer.text
    mary.fill_in(f"{page}/next", {"on": "2026-03-11"}, action=f"{page}/next")
    clock.move(days=2)
    assert "Wed 11 March" not in mary.get(page).text
    assert mary.fill_in(f"{page}/next", {"on": "2026-03-20"}, action=f"{page}/next").status_code == 303


def test_neither_sees_how_the_other_is_reached_before_both_have_shared(
    cast: Cast, mary: Browser, ana: Browser, page: str
) -> None:
    mary.fill_in(f"{page}/reach", {"reach": NUMBER, "hours": "never on Mondays"}, action=f"{page}/reach")
    assert NUMBER not in ana.get(f"{page}/reach").text + ana.get(page).text
    assert "You see each other" not in ana.get(page).text
    assert "Waiting for Ana" in mary.get(page).text
    ana.fill_in(f"{page}/reach", {"reach": "ward phone 42"}, action=f"{page}/reach")
    shown = ana.get(f"{page}/reach").text
    assert NUMBER in shown
    assert "never on Mondays" in shown
    assert "ward phone 42" in mary.get(f"{page}/reach").text
    ana.fill_in(f"{page}/reach", {}, action=f"{page}/reach/take-back")
    assert NUMBER not in ana.get(f"{page}/reach").text
    assert "ward phone 42" not in mary.get(f"{page}/reach").text
    assert count(ContactCard) == 1


def test_what_both_want_to_remember_is_its_authors_to_change_and_to_take_back(
    cast: Cast, mary: Browser, ana: Browser, page: str
) -> None:
    all_of_it = f"{page}/remember"
    form = {"words": "Ask Tom about cannulas.", "op_id": str(uuid7()), "entity": str(uuid7())}
    for _ in range(2):
        assert mary.fill_in(all_of_it, form, action=all_of_it).status_code == 303
    assert count(SharedNote) == 1
    seen = ana.get(all_of_it).text
    assert "Ask Tom about cannulas." in seen
    one = f"{all_of_it}/{form['entity']}"
    assert one not in seen
    assert ana.get(one).status_code == 404
    assert mary.fill_in(one, {"words": "Ask Tim."}, action=one).status_code == 303
    assert "Ask Tim." in ana.get(all_of_it).text
    stale = mary.post(one, {**_token(mary), "words": "Ask Tess.", "entity": form["entity"], "parent": str(uuid7())})
    assert stale.status_code == 422
    assert "Ask Tim." in stale.text
    assert "Ask Tess." in stale.text
    assert mary.fill_in(all_of_it, {}, action=f"{one}/take-back").status_code == 303
    assert "Ask Tim." not in ana.get(all_of_it).text
    row = db.session.scalars(select(SharedNote)).one()
    assert row.words == ""


@pytest.mark.one_database
def test_the_timeline_tells_facts_and_no_note(cast: Cast, mary: Browser, page: str) -> None:
    note(cast.ana, cast.pairing, "Well done with the pump.")
    talk(cast.mary, cast.pairing, now().date(), 10, "call")
    shown = mary.get(page).text
    assert "Ana wrote a note." in shown
    assert "Call, 10 minutes" in shown
    assert "You became a pair." in shown
    assert "pump" not in shown


def test_an_ended_pair_is_there_to_read_and_takes_nothing_new(cast: Cast, mary: Browser, page: str) -> None:
    mary.fill_in(f"{page}/remember", {"words": "Ask Tom."}, action=f"{page}/remember")
    end(cast)
    assert "You can still read what is here until" in mary.get(page).text
    assert "Ask Tom." in mary.get(f"{page}/remember").text
    late = mary.post(f"{page}/remember", {**_token(mary), "words": "Too late to keep."})
    assert late.status_code == 422
    assert "Too late to keep." in late.text
    assert mary.post(f"{page}/next", {**_token(mary), "on": "2026-03-12"}).status_code == 422
    assert mary.post(f"{page}/reach", {**_token(mary), "reach": "a"}).status_code == 422
    assert (count(SharedNote), count(NextContact), count(ContactCard)) == (1, 0, 0)


@pytest.mark.one_database
def test_before_both_have_joined_there_is_no_page(cast: Cast, mary: Browser, page: str) -> None:
    with writing():
        somebody(cast.ana).joined_at = None
    assert mary.get(page).status_code == 404
    assert "Ana Ruiz" not in mary.get("/pair").text


def _token(browser: Browser) -> dict[str, object]:
    text = browser.get("/quiet-hours").text
    return {"csrf_token": text.split('name="csrf_token" value="')[1].split('"')[0]}
