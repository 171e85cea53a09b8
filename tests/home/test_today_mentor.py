"""A mentor's Today: one card for each mentee, who wants to talk first on top, read and answered without scripts."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import parse
from tests.pairings.test_pairs import pair
from tests.pairings.writing_down import note, somebody, talk, the_pairing, written
from tests.people import Cast, person
from webapp.checkins import Checkin, CheckinFields, record_checkin
from webapp.database import db, writing
from webapp.pairings import Contact, Note, Pairing
from webapp.people import Person


def check_in(cast: Cast, pairing: Pairing | None = None, **said: object) -> None:
    pairing = pairing or the_pairing(cast.pairing)
    fields = CheckinFields.model_validate({"pairing": pairing.id, "audience": "mentor", "face": 3, **said})
    mentee_id = pairing.mentee_id
    with writing():
        record_checkin(somebody(mentee_id), written(), fields)


def second_mentee(cast: Cast, name: str = "Aisha Khan") -> Pairing:
    with writing():
        new = person(name, {"mentee"})
        db.session.flush()
        new_id = new.id
    return pair(cast, new_id, cast.ana)


def today(cast: Cast, browser: Browser) -> str:
    return browser.sign_in(cast.ana).get("/").text


def test_each_mentee_has_a_card(cast: Cast, browser: Browser) -> None:
    second_mentee(cast)
    page = today(cast, browser)
    assert "Mary Okafor" in page
    assert "Aisha Khan" in page
    assert "face=1" not in page


def test_who_wants_to_talk_stands_on_top(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    second_mentee(cast)
    page = today(cast, browser)
    assert page.index("Aisha Khan") < page.index("Mary Okafor")
    check_in(cast, need="talk")
    page = browser.get("/").text
    assert page.index("Mary Okafor") < page.index("Aisha Khan")
    assert "Mary would like to talk. Asked on Tue 10 March, 10:00." in page


def test_the_oldest_wish_comes_first_and_then_what_is_unread(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    aisha, zoe = second_mentee(cast), second_mentee(cast, "Zoe Hall")
    check_in(cast, zoe, words="Something to read.")
    check_in(cast, aisha, need="talk")
    clock.move(hours=1)
    check_in(cast, need="talk")
    page = today(cast, browser)
    assert page.index("Aisha Khan") < page.index("Mary Okafor") < page.index("Zoe Hall")


def test_days_since_the_last_talk_show(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    assert "You have not talked yet." in today(cast, browser)
    talk(cast.mary, cast.pairing, date(2026, 3, 10))
    assert "You talked today." in browser.get("/").text
    clock.move(days=1)
    assert "You talked yesterday." in browser.get("/").text
    clock.move(days=4)
    assert "Last talk 5 days ago, on Tue 10 March." in browser.get("/").text


def test_an_unread_checkin_opens_by_a_tap_and_is_marked_by_another(cast: Cast, browser: Browser) -> None:
    check_in(cast, face=2, words="The third night was long.")
    page = today(cast, browser)
    folded = [each for each in parse(page).iter("details") if "third night" in "".join(each.itertext())]
    assert len(folded) == 1
    assert folded[0].get("open") is None
    checkin = db.session.scalars(select(Checkin)).one()
    answer = browser.fill_in("/", {}, action=f"/check-ins/{checkin.id}/read")
    assert answer.status_code == 303
    assert "third night" not in browser.get("/").text


def test_a_kept_checkin_is_not_here(cast: Cast, browser: Browser) -> None:
    check_in(cast, audience="self", face=1, words="Only mine.")
    assert "Only mine." not in today(cast, browser)


def test_one_line_answers_the_wish_to_talk(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    check_in(cast, need="talk")
    clock.move(minutes=5)
    browser.sign_in(cast.ana)
    answer = browser.fill_in("/", {"words": "I ring you at six."}, action="/notes")
    assert answer.status_code == 303
    written_note = db.session.scalars(select(Note)).one()
    assert written_note.reply_to == db.session.scalars(select(Checkin.id)).one()
    assert "would like to talk" not in browser.get("/").text


def test_a_talk_is_logged_from_the_card(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    browser.sign_in(cast.ana)
    answer = browser.fill_in("/", {"contact": "in_person", "minutes": "15", "day": "yesterday"}, action="/talks")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    kept = db.session.scalars(select(Contact)).one()
    assert (kept.happened_on, kept.minutes) == (clock().date() - timedelta(days=1), 15)


def test_two_cards_log_their_own_talks(cast: Cast, browser: Browser) -> None:
    aisha = second_mentee(cast)
    browser.sign_in(cast.ana)
    assert browser.fill_in("/", {"contact": "call"}, action="/talks", form=0).status_code == 303
    assert browser.fill_in("/", {"contact": "call"}, action="/talks", form=1).status_code == 303
    assert set(db.session.scalars(select(Contact.pairing_id))) == {aisha.id, cast.pairing}


def test_a_note_to_read_opens_by_a_tap(cast: Cast, browser: Browser) -> None:
    note(cast.mary, cast.pairing, "Thank you for Friday.")
    page = today(cast, browser)
    folded = [each for each in parse(page).iter("details") if "Thank you for Friday." in "".join(each.itertext())]
    assert len(folded) == 1
    assert browser.fill_in("/", {}, action="/notes/read").status_code == 303
    assert "Thank you for Friday." not in browser.get("/").text


def test_a_word_is_welcome_after_the_interval(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    assert "A word would be welcome." not in today(cast, browser)
    clock.move(days=7)
    assert "A word would be welcome." in browser.get("/").text


def test_without_a_mentee_the_page_says_what_happens_next(cast: Cast, browser: Browser) -> None:
    with writing():
        db.session.add(person("Grace Adeyemi", {"mentor"}))
        db.session.flush()
    grace = db.session.scalar(select(Person).where(Person.name == "Grace Adeyemi"))
    assert grace is not None
    assert "No mentee yet" in browser.sign_in(grace.id).get("/").text
