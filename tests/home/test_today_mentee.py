"""A mentee's Today: five faces, what is due, the mentor's last words folded, a note, the state of a wish to talk."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import parse
from tests.pairings.writing_down import note, somebody, talk, the_pairing, written
from tests.people import Cast, person
from webapp.checkins import CheckinFields, record_checkin
from webapp.database import db, writing
from webapp.journal import Entry
from webapp.pairings import Note, end_pair
from webapp.push.models import QuietHours


def check_in(cast: Cast, **said: object) -> None:
    fields = CheckinFields.model_validate({"pairing": cast.pairing, "audience": "mentor", "face": 3, **said})
    with writing():
        record_checkin(somebody(cast.mary), written(), fields)


def today(cast: Cast, browser: Browser) -> str:
    return browser.sign_in(cast.mary).get("/").text


def test_the_five_faces_are_links_to_the_checkin(cast: Cast, browser: Browser) -> None:
    page = today(cast, browser)
    links = [link.get("href") for link in parse(page).iter("a") if "face=" in (link.get("href") or "")]
    assert links == [f"/check-in?face={n}" for n in range(1, 6)]
    assert "How was work, Mary?" in page


def test_the_page_says_when_a_checkin_is_due(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    assert "Your check-in is ready" not in today(cast, browser)
    clock.move(days=7)
    assert "Your check-in is ready" in today(cast, browser)
    check_in(cast)
    assert "Your check-in is ready" not in today(cast, browser)


def test_the_mentors_last_words_are_folded_away(cast: Cast, browser: Browser) -> None:
    note(cast.ana, cast.pairing, "An older word.")
    note(cast.ana, cast.pairing, "Come and see me on Friday.")
    page = today(cast, browser)
    assert "Ana wrote on Tue 10 March, 10:00. Show it." in page
    assert "An older word." not in page
    details = [each for each in parse(page).iter("details") if "Come and see me" in "".join(each.itertext())]
    assert len(details) == 1
    assert details[0].get("open") is None


def test_a_note_is_sent_from_today(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    answer = browser.fill_in("/", {"words": "Hello Ana."}, action="/notes")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert [each.words for each in db.session.scalars(select(Note))] == ["Hello Ana."]
    assert "Sent to Ana." in browser.get("/").text


def test_a_wish_to_talk_says_when_the_mentor_will_be_told(cast: Cast, browser: Browser) -> None:
    check_in(cast, need="talk")
    page = today(cast, browser)
    assert "Ana has not answered yet." in page
    assert "Ana gets no notifications" in page
    assert "You do not have to wait." not in page


def test_after_a_day_help_is_offered(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    check_in(cast, need="talk")
    clock.move(hours=24)
    assert "You do not have to wait." in today(cast, browser)


def test_help_is_offered_at_once_while_the_mentor_is_away(cast: Cast, browser: Browser) -> None:
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, away_until=date(2026, 4, 1)))
    check_in(cast, need="talk")
    page = today(cast, browser)
    assert "Ana is away and will be told later." in page
    assert "You do not have to wait." in page


def test_an_answer_closes_the_wish(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    check_in(cast, need="talk")
    clock.move(hours=1)
    note(cast.ana, cast.pairing, "I ring you at six.")
    assert "has not answered yet" not in today(cast, browser)


def test_after_a_very_hard_shift_help_is_offered_for_a_while(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    check_in(cast, face=2)
    assert "very hard shift" not in today(cast, browser)
    clock.move(minutes=1)
    check_in(cast, face=1)
    assert "very hard shift" in today(cast, browser)
    clock.move(hours=37)
    assert "very hard shift" not in today(cast, browser)


def test_after_a_very_hard_shift_she_may_read_why_she_started(cast: Cast, browser: Browser) -> None:
    offer = "Read why you started"
    check_in(cast, face=1)
    assert offer not in today(cast, browser)
    browser.sign_in(cast.mary).fill_in("/journal/new?prompt=why", {"text": "My grandmother."}, action="/journal")
    [entry] = db.session.scalars(select(Entry))
    for path in ("/", "/check-in"):
        links = {"".join(link.itertext()): link.get("href") for link in parse(browser.get(path).text).iter("a")}
        assert links[offer] == f"/journal/{entry.id}", path
    assert "My grandmother." not in browser.get("/").text
    assert offer not in browser.sign_in(cast.ana).get("/check-in").text
    check_in(cast, face=4)
    assert offer not in today(cast, browser)


def test_a_talk_that_either_logged_shows(cast: Cast, browser: Browser) -> None:
    assert "You have not talked yet." in today(cast, browser)
    talk(cast.ana, cast.pairing, date(2026, 3, 9))
    assert "Last talk: Mon 9 March." in today(cast, browser)


def test_without_a_mentor_the_page_says_what_happens_next(cast: Cast, browser: Browser) -> None:
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    page = today(cast, browser)
    assert "No mentor yet" in page
    assert "/check-in?face=1" in page


def test_before_both_have_joined_nobody_is_named(cast: Cast, browser: Browser) -> None:
    with writing():
        somebody(cast.ana).joined_at = None
    page = today(cast, browser)
    assert "We found your mentor" in page
    assert "Ana" not in page


def first_timer(cast: Cast) -> None:
    with writing():
        somebody(cast.mary).welcomed_at = None


@pytest.mark.one_database
def test_the_first_page_asks_nothing(cast: Cast, browser: Browser) -> None:
    first_timer(cast)
    page = today(cast, browser)
    assert "Welcome, Mary" in page
    assert "Ana Ruiz" in page
    assert "You both work nights on surgical wards." in page
    assert "Hello Ana, I am Mary." in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert not any(asks in main for asks in ("<select", 'type="radio"', 'type="checkbox"'))


def test_the_first_page_leads_on_and_does_not_come_back(cast: Cast, browser: Browser) -> None:
    first_timer(cast)
    browser.sign_in(cast.mary)
    answer = browser.fill_in("/", {"to": "check-in"}, action="/welcomed")
    assert answer.headers["Location"] == "/check-in"
    assert "Welcome, Mary" not in browser.get("/").text


def test_after_the_first_hello_today_is_there(cast: Cast, browser: Browser) -> None:
    first_timer(cast)
    browser.sign_in(cast.mary)
    assert browser.fill_in("/", {}, action="/notes").status_code == 303
    assert "How was work, Mary?" in browser.get("/").text


def test_a_stranger_sees_nothing_of_the_two(cast: Cast, browser: Browser) -> None:
    note(cast.mary, cast.pairing, "Only for Ana.")
    check_in(cast, words="A secret.", need="talk")
    for outsider in (cast.charlie, cast.carol, cast.admin):
        page = Browser(browser.app).sign_in(outsider).get("/").text
        for secret in ("Mary", "Ana", "Only for Ana.", "A secret."):
            assert secret not in page.replace("St Mary&#39;s", "")


def test_who_is_not_signed_in_finds_out_what_this_is(cast: Cast, browser: Browser) -> None:
    page = browser.get("/").text
    assert "A mentor on your side" in page
    assert "Okafor" not in page


def test_somebody_who_is_both_sees_both_sides(cast: Cast, browser: Browser) -> None:
    from tests.pairings.test_pairs import pair

    with writing():
        somebody(cast.ana).give_roles({"mentor", "mentee"})
        other = person("Grace Adeyemi", {"mentor"})
        db.session.flush()
        other_id = other.id
    pair(cast, cast.ana, other_id)
    page = browser.sign_in(cast.ana).get("/").text
    assert page.index("Grace Adeyemi") < page.index("Mary Okafor")
    assert "/check-in?face=1" in page


def test_a_coordinator_finds_her_desk(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.carol).get("/").text
    assert 'href="/programme"' in page
    assert "No mentor yet" not in page
