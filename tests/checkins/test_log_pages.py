"""The log, one check-in, taking back, and the mentor's "I read this" without scripts."""

from __future__ import annotations

import pytest

from tests.checkins.conftest import Pen, load
from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.ledger import Gone
from webapp.pairings import NoteFields, write_note
from webapp.people import Person


@pytest.mark.one_database
def test_the_log_has_ones_own_newest_first(pen: Pen, browser: Browser, cast: Cast, clock: MovedClock) -> None:
    pen.record(words="The first.")
    clock.move(days=1)
    pen.record(audience="self", words="The second.")
    page = browser.sign_in(cast.mary).get("/check-ins").text
    assert page.index("The second.") < page.index("The first.")
    assert "Only for you" in page and "Sent to Ana" in page


@pytest.mark.parametrize("who", ["ana", "charlie", "carol", "admin"])
def test_the_log_has_nobody_elses(pen: Pen, browser: Browser, cast: Cast, who: str) -> None:
    pen.record(words="Canary", need="question")
    browser.sign_in(getattr(cast, who))
    assert "Canary" not in browser.get("/check-ins").text
    assert "Canary" not in browser.get("/check-ins?show=questions").text


def test_practical_questions_are_found_with_their_answers(pen: Pen, browser: Browser, cast: Cast) -> None:
    asked = pen.record(need="question", words="Where do the pumps go?")
    pen.record(words="Something else.")
    with writing():
        ana = db.session.get_one(Person, cast.ana)
        write_note(ana, pen.at(uuid7()), NoteFields(pairing=cast.pairing, words="Room 3.", reply_to=asked))
    page = browser.sign_in(cast.mary).get("/check-ins?show=questions").text
    assert "Where do the pumps go?" in page and "Room 3." in page
    assert "Something else." not in page
    assert "Room 3." in browser.get(f"/check-ins/{asked}").text


@pytest.mark.one_database
def test_an_empty_log_says_what_to_do(browser: Browser, cast: Cast) -> None:
    assert "One tap on a face is enough" in browser.sign_in(cast.mary).get("/check-ins").text


@pytest.mark.one_database
def test_the_mentor_opens_what_was_sent_and_says_that_she_read_it(pen: Pen, browser: Browser, cast: Cast) -> None:
    sent = pen.record(words="For Ana.", contact="call", minutes=10, helped="no")
    page = browser.sign_in(cast.ana).get(f"/check-ins/{sent}").text
    assert "For Ana." in page and "Mary Okafor" in page
    assert "Did the talk help?" not in page
    assert load(sent).read_at is None
    browser.fill_in(f"/check-ins/{sent}", {}, action=f"/check-ins/{sent}/read")
    assert load(sent).read_at is not None
    assert "Ana read it on Tue 10 March" in Browser(browser.app).sign_in(cast.mary).get(f"/check-ins/{sent}").text


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["charlie", "carol", "admin"])
def test_a_sent_check_in_is_a_404_for_everybody_else(pen: Pen, browser: Browser, cast: Cast, who: str) -> None:
    sent = pen.record(words="For Ana.")
    browser.sign_in(getattr(cast, who))
    assert browser.get(f"/check-ins/{sent}").status_code == 404
    assert browser.post(f"/check-ins/{sent}/read").status_code == 404
    assert load(sent).read_at is None


@pytest.mark.one_database
def test_a_kept_check_in_is_a_404_for_the_mentor(pen: Pen, browser: Browser, cast: Cast) -> None:
    kept = pen.record(audience="self", words="Mine.")
    assert browser.sign_in(cast.ana).get(f"/check-ins/{kept}").status_code == 404


def test_taking_back_is_possible_at_any_time(pen: Pen, browser: Browser, cast: Cast, clock: MovedClock) -> None:
    sent = pen.record(words="Too much.")
    pen.mark_read(sent)
    clock.move(days=200)
    answer = browser.sign_in(cast.mary).fill_in(f"/check-ins/{sent}", {}, action=f"/check-ins/{sent}/take-back")
    assert answer.location == "/check-ins"
    page = browser.get("/check-ins").text
    assert "Taken back." in page and "Too much." not in page
    assert load(sent).words == ""
    for reader in (cast.mary, cast.ana):
        assert Browser(browser.app).sign_in(reader).get(f"/check-ins/{sent}").status_code == 404


def test_words_that_came_after_taking_back_are_shown_to_their_author(pen: Pen, browser: Browser, cast: Cast) -> None:
    sent = pen.record(words="First.")
    pen.take_back(sent)
    with pytest.raises(Gone):
        pen.amend(sent, words="From my other phone.")
    assert "From my other phone." in browser.sign_in(cast.mary).get("/check-ins").text
    assert "From my other phone." not in Browser(browser.app).sign_in(cast.ana).get("/check-ins").text
    browser.fill_in("/check-ins", {}, action=f"/check-ins/{sent}/take-back")
    assert "From my other phone." not in browser.get("/check-ins").text
    assert load(sent).words == ""


@pytest.mark.one_database
def test_a_wish_to_talk_shows_that_nobody_has_answered_yet(pen: Pen, browser: Browser, cast: Cast) -> None:
    asked = pen.record(need="talk")
    page = browser.sign_in(cast.mary).get(f"/check-ins/{asked}").text
    assert "Ana has not answered yet." in page and "/help-now" in page


@pytest.mark.one_database
def test_after_a_very_hard_shift_help_is_offered(pen: Pen, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    assert "You do not have to carry it alone." in browser.get(f"/check-ins/{pen.record(face=1)}").text
    assert "You do not have to carry it alone." not in browser.get(f"/check-ins/{pen.record(face=2)}").text


@pytest.mark.one_database
def test_signed_out_everything_asks_to_sign_in(browser: Browser, pen: Pen) -> None:
    sent = pen.record(words="Canary")
    for path in ("/check-in", "/check-ins", f"/check-ins/{sent}", f"/check-ins/{sent}/change"):
        answer = browser.get(path)
        assert answer.status_code in (302, 303)
