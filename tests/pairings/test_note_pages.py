"""Notes as pages: written, read and taken back without scripts; somebody else's are a 404."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.pairings.writing_down import note, somebody, stored_note, the_pairing
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.pairings import Note, end_pair

WORDS = "Hello Ana, can you show me the pump?"


def notes() -> list[Note]:
    db.session.rollback()
    return list(db.session.scalars(select(Note)))


def test_a_note_is_written_once_however_often_the_form_is_sent(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    form = {"op_id": str(uuid7()), "entity": str(uuid7())}
    for _ in range(2):
        answer = browser.fill_in("/notes", {"words": WORDS, **form}, action="/notes")
        assert answer.status_code == 303
    assert [each.words for each in notes()] == [WORDS]
    assert "Sent to Ana." in browser.get("/notes").text


@pytest.mark.one_database
def test_the_partner_reads_it_says_so_and_the_author_sees_that(cast: Cast, browser: Browser) -> None:
    note(cast.mary, cast.pairing, WORDS)
    browser.sign_in(cast.ana)
    page = browser.get("/notes").text
    assert WORDS in page
    assert "I read this" in page
    assert browser.fill_in("/notes", {}, action="/notes/read").status_code == 303
    assert "Ana read this." in Browser(browser.app).sign_in(cast.mary).get("/notes").text


@pytest.mark.one_database
def test_opening_the_page_is_not_reading(cast: Cast, browser: Browser) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    browser.sign_in(cast.ana).get("/notes")
    assert stored_note(note_id).read_at is None


def test_its_author_takes_a_note_back(cast: Cast, browser: Browser) -> None:
    note(cast.mary, cast.pairing, WORDS)
    browser.sign_in(cast.mary)
    assert browser.fill_in("/notes", {}, action="/notes/take-back").status_code == 303
    assert WORDS not in browser.get("/notes").text
    assert WORDS not in Browser(browser.app).sign_in(cast.ana).get("/notes").text


@pytest.mark.one_database
def test_an_empty_note_is_shown_again_and_a_long_one_keeps_its_words(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    empty = browser.fill_in("/notes", {"words": "  "}, action="/notes")
    assert empty.status_code == 422
    assert "Write a word or two." in empty.text
    long = browser.fill_in("/notes", {"words": "x" * 2001}, action="/notes")
    assert long.status_code == 422
    assert "x" * 2001 in long.text
    assert notes() == []


@pytest.mark.one_database
def test_words_for_an_ended_pair_are_given_back(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    form = {"words": WORDS, "pairing": str(cast.pairing)}
    page = browser.get("/notes").text
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.post("/notes", {**form, "csrf_token": token})
    assert answer.status_code == 422
    assert "This pair has ended" in answer.text
    assert notes() == []


@pytest.mark.one_database
def test_an_ended_pair_can_still_be_read(cast: Cast, browser: Browser) -> None:
    note(cast.ana, cast.pairing, "Well done.")
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    page = browser.sign_in(cast.mary).get(f"/notes?pairing={cast.pairing}").text
    assert "Well done." in page
    assert "<textarea" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.one_database
@pytest.mark.parametrize("outsider", ["charlie", "carol", "admin"])
def test_nobody_else_reads_writes_or_takes_back(cast: Cast, browser: Browser, outsider: str) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    browser.sign_in(getattr(cast, outsider))
    assert browser.get(f"/notes?pairing={cast.pairing}").status_code == 404
    assert WORDS not in browser.get("/notes").text
    token = browser.get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    for path, form in {
        "/notes": {"pairing": str(cast.pairing), "words": "Mine."},
        "/notes/take-back": {"entity": str(note_id)},
        "/notes/read": {"id": str(note_id)},
    }.items():
        assert browser.post(path, {"csrf_token": token, **form}).status_code == 404
    row = stored_note(note_id)
    assert (row.words, row.read_at, row.taken_back_at) == (WORDS, None, None)
    assert len(notes()) == 1


@pytest.mark.one_database
def test_somebody_with_several_partners_is_asked_with_whom(cast: Cast, browser: Browser) -> None:
    from tests.pairings.test_pairs import pair

    pair(cast, cast.charlie, cast.ana)
    page = browser.sign_in(cast.ana).get("/notes").text
    assert "With whom?" in page
    assert "Mary Okafor" in page
    assert "Charlie Doe" in page


@pytest.mark.one_database
def test_every_box_says_who_reads_it_and_that_nobody_is_on_duty(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.mary).get("/notes").text
    assert "Ana reads this. Nobody else does." in page
    assert "Nobody is on duty here." in page
    assert "This is not a chat" in page


@pytest.mark.one_database
def test_a_broken_hidden_field_costs_nobody_their_words(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    answer = browser.fill_in("/notes", {"words": WORDS, "reply_to": "x", "op_id": "y"}, action="/notes")
    assert answer.status_code == 303
    assert [each.words for each in notes()] == [WORDS]
