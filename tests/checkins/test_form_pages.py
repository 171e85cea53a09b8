"""The check-in's form without scripts: ten seconds, one answer, and the button says who reads it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.checkins.conftest import Pen, load
from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of, parse
from tests.people import Cast
from webapp.checkins import Checkin
from webapp.database import db, uuid7, writing
from webapp.pairings import Pairing
from webapp.programmes import Programme


def only_checkin() -> Checkin:
    db.session.expire_all()
    return db.session.scalars(select(Checkin)).one()


def number_of_checkins() -> int:
    return db.session.scalar(select(func.count()).select_from(Checkin)) or 0


def checked(html: str) -> dict[str, str]:
    return {
        str(each.get("name")): str(each.get("value"))
        for each in parse(html).iter("input")
        if each.get("type") == "radio" and each.get("checked") is not None
    }


@pytest.mark.one_database
def test_nothing_is_chosen_beforehand_but_the_day(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.mary).get("/check-in")
    assert checked(page.text) == {"when": "2026-03-10"}
    assert "Today, Tue 10 March" in page.text


@pytest.mark.one_database
def test_a_face_tapped_on_today_is_chosen(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    assert checked(browser.get("/check-in?face=2").text)["face"] == "2"
    assert "face" not in checked(browser.get("/check-in?face=9").text)


@pytest.mark.one_database
def test_one_tap_on_a_face_and_one_on_send_is_enough(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/check-in?face=4", {"audience": "mentor"})
    row = only_checkin()
    assert answer.status_code == 303 and answer.location == f"/check-ins/{row.id}"
    assert (row.face, row.audience, row.pairing_id, row.shift_date) == (4, "mentor", cast.pairing, date(2026, 3, 10))
    assert "Sent to Ana" in browser.get(answer.location).text


@pytest.mark.one_database
def test_the_button_is_the_privacy_setting(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/check-in", {"words": "Mine.", "audience": "self"})
    assert only_checkin().audience == "self"
    assert "Only for you" in browser.get(answer.location or "").text
    assert Browser(browser.app).sign_in(cast.ana).get(answer.location or "").status_code == 404


def test_a_form_sent_twice_is_one_check_in(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.mary).get("/check-in")
    (form,) = [each for each in forms_of(page.text) if each.action == "/check-in"]
    first, second = (browser.post("/check-in", {**form.values, "face": "3", "audience": "self"}) for _ in range(2))
    assert first.location == second.location
    assert number_of_checkins() == 1


@pytest.mark.one_database
def test_without_any_answer_the_form_comes_back_and_says_so(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/check-in", {"audience": "mentor"})
    assert answer.status_code == 422
    assert "<title>Error: Check in" in answer.text
    assert "One is enough." in answer.text
    assert number_of_checkins() == 0


@pytest.mark.one_database
def test_words_that_are_too_long_come_back_whole(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/check-in", {"words": "é" * 2001, "audience": "mentor"})
    assert answer.status_code == 422
    assert "é" * 2001 in answer.text


@pytest.mark.one_database
def test_an_expired_form_comes_back_with_its_text(browser: Browser, cast: Cast) -> None:
    answer = browser.sign_in(cast.mary).fill_in(
        "/check-in", {"words": "Kept as it was.", "audience": "self", "csrf_token": "old"}
    )
    assert answer.status_code == 422
    assert "Kept as it was." in answer.text


@pytest.mark.one_database
@pytest.mark.parametrize("wrong", [{"face": "9"}, {"minutes": "many", "contact": "call"}, {"audience": "all"}])
def test_answers_that_cannot_be_come_back(browser: Browser, cast: Cast, wrong: dict[str, str]) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/check-in", {"words": "Some.", "audience": "self", **wrong})
    assert answer.status_code == 422
    assert number_of_checkins() == 0


@pytest.mark.one_database
def test_keeping_a_wish_to_talk_is_asked_first(browser: Browser, cast: Cast) -> None:
    said = {"need": "talk", "words": "Tonight?", "face": "2", "audience": "self"}
    asked = browser.sign_in(cast.mary).fill_in("/check-in", said)
    assert asked.status_code == 200
    assert "Ana will not know" in asked.text
    assert number_of_checkins() == 0
    (form,) = [each for each in forms_of(asked.text) if each.action == "/check-in"]
    browser.post("/check-in", {**form.values, "audience": "self"})
    row = only_checkin()
    assert (row.audience, row.need, row.words, row.face) == ("self", "talk", "Tonight?", 2)


@pytest.mark.one_database
def test_the_question_can_be_answered_by_sending_after_all(browser: Browser, cast: Cast) -> None:
    asked = browser.sign_in(cast.mary).fill_in("/check-in", {"need": "talk", "audience": "self"})
    (form,) = [each for each in forms_of(asked.text) if each.action == "/check-in"]
    browser.post("/check-in", {**form.values, "audience": "mentor"})
    assert only_checkin().audience == "mentor"


@pytest.mark.one_database
def test_without_a_mentor_there_is_only_keep_for_me(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.charlie).get("/check-in").text
    assert "You have no mentor yet" in page
    assert 'value="mentor"' not in page
    browser.fill_in("/check-in", {"face": "3", "audience": "self"})
    assert only_checkin().pairing_id is None


@pytest.mark.one_database
def test_somebody_who_only_mentors_is_promised_nobody(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.ana).get("/check-in").text
    assert "You have no mentor yet" not in page
    assert "Nobody but you reads this." in page


@pytest.mark.one_database
def test_with_two_mentors_one_is_chosen(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    with writing():
        other = Programme(name="Theatre", created_at=clock(), started_at=clock())
        db.session.add(other)
        db.session.flush()
        second = Pairing(
            id=uuid7(),
            programme_id=other.id,
            mentor_id=cast.charlie,
            mentee_id=cast.mary,
            made_by_id=cast.carol,
            made_at=clock(),
        )
        db.session.add(second)
        chosen = second.id
    browser.sign_in(cast.mary)
    assert "Which mentor?" in browser.get("/check-in").text
    browser.fill_in("/check-in", {"face": "3", "audience": "mentor", "pairing": str(chosen)})
    assert only_checkin().pairing_id == chosen


def test_the_last_shift_is_proposed_and_can_be_changed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    night = {"when": "other", "day": "2026-03-09", "starts": "19:30", "ends": "07:30"}
    browser.fill_in("/check-in", {**night, "face": "2", "audience": "self"})
    first = only_checkin()
    assert first.shift is not None and first.shift.is_night
    page = browser.get("/check-in").text
    assert "After your night, Mon 19:30 – Tue 07:30" in page
    assert checked(page)["when"] == "2026-03-09T19:30/2026-03-10T07:30"
    browser.fill_in("/check-in", {"when": "2026-03-10", "face": "3", "audience": "self"})
    second = db.session.scalars(select(Checkin).where(Checkin.id != first.id)).one()
    assert (second.shift, second.shift_date) == (None, date(2026, 3, 10))


def test_long_after_a_shift_the_question_is_how_work_has_been(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    browser.sign_in(cast.mary)
    night = {"when": "other", "day": "2026-03-09", "starts": "19:30", "ends": "07:30"}
    browser.fill_in("/check-in", {**night, "face": "2", "audience": "self"})
    clock.move(days=4)
    page = browser.get("/check-in").text
    assert "How has work been since Mon 9 March?" in page
    assert "After your night, Fri 19:30 – Sat 07:30" in page
    browser.fill_in("/check-in", {"face": "4", "audience": "self"})
    late = db.session.scalars(select(Checkin).where(Checkin.about == "since")).one()
    assert (late.shift_date, late.shift) == (date(2026, 3, 9), None)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "wrong",
    [
        {"when": "other"},
        {"when": "other", "day": "2026-03-11"},
        {"when": "other", "day": "yesterday"},
        {"when": "other", "day": "2026-03-09", "starts": "19:30"},
        {"when": "other", "day": "2026-03-10", "starts": "19:30", "ends": "07:30"},
        {"when": "since/never"},
    ],
)
def test_a_day_or_shift_that_cannot_be_comes_back(browser: Browser, cast: Cast, wrong: dict[str, str]) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/check-in", {**wrong, "face": "3", "audience": "self"})
    assert answer.status_code == 422
    assert 'href="#day"' in answer.text
    assert number_of_checkins() == 0


@pytest.mark.one_database
def test_it_asks_about_contact_since_the_last_one(pen: Pen, browser: Browser, cast: Cast) -> None:
    assert "Contact with Ana?" in browser.sign_in(cast.mary).get("/check-in").text
    pen.record(contact="call", minutes=5, shift_date="2026-03-06")
    assert "Contact with Ana since Fri 6 March?" in browser.get("/check-in").text


@pytest.mark.one_database
def test_did_it_help_is_asked_after_every_second_talk_at_most(pen: Pen, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    assert "Did the talk help?" in browser.get("/check-in").text
    pen.record(contact="call", minutes=5)
    assert "Did the talk help?" not in browser.get("/check-in").text
    pen.record(contact="call", minutes=5)
    assert "Did the talk help?" in browser.get("/check-in").text


@pytest.mark.one_database
def test_the_pages_bottom_places_are_hidden_while_checking_in(browser: Browser, cast: Cast) -> None:
    assert 'class="navigation"' not in browser.sign_in(cast.mary).get("/check-in").text


def test_a_change_begins_with_what_was_said(pen: Pen, browser: Browser, cast: Cast) -> None:
    shift = {"start": "2026-03-01T19:30", "end": "2026-03-02T07:30"}
    said = pen.record(
        face=2, contact="in_person", minutes=25, words="As it was.", need="question", helped="yes", shift=shift,
        shift_date="2026-03-01",
    )  # fmt: skip
    browser.sign_in(cast.mary)
    page = browser.get(f"/check-ins/{said}/change").text
    assert checked(page) == {
        "when": "2026-03-01T19:30/2026-03-02T07:30",
        "face": "2",
        "contact": "in_person",
        "minutes": "25",
        "need": "question",
        "helped": "yes",
    }
    answer = browser.fill_in(f"/check-ins/{said}/change", {"words": "As it is.", "audience": "mentor"})
    assert answer.status_code == 303
    row = load(said)
    assert (row.words, row.minutes, row.about, row.shift_date) == ("As it is.", 25, "shift", date(2026, 3, 1))


def test_a_kept_one_is_sent_by_changing_it(pen: Pen, browser: Browser, cast: Cast) -> None:
    kept = pen.record(audience="self", face=2)
    browser.sign_in(cast.mary).fill_in(f"/check-ins/{kept}/change", {"audience": "mentor"})
    assert load(kept).audience == "mentor"


@pytest.mark.one_database
def test_after_the_end_it_can_only_be_kept(pen: Pen, browser: Browser, cast: Cast, clock: MovedClock) -> None:
    kept = pen.record(audience="self", face=2)
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = clock()
    page = browser.sign_in(cast.mary).get(f"/check-ins/{kept}/change").text
    assert 'value="mentor"' not in page


@pytest.mark.one_database
def test_a_send_that_is_refused_keeps_the_words_on_the_page(browser: Browser, cast: Cast, clock: MovedClock) -> None:
    page = browser.sign_in(cast.mary).get("/check-in")
    (form,) = [each for each in forms_of(page.text) if each.action == "/check-in"]
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = clock() + timedelta(seconds=1)
    answer = browser.post("/check-in", {**form.values, "words": "For Ana.", "audience": "mentor"})
    assert answer.status_code == 422
    assert "For Ana." in answer.text and "You no longer have this mentor" in answer.text


def test_a_change_goes_only_to_its_own_check_in(pen: Pen, browser: Browser, cast: Cast) -> None:
    one, other = pen.record(face=1), pen.record(face=2)
    answer = browser.sign_in(cast.mary).fill_in(
        f"/check-ins/{one}/change", {"face": "5", "audience": "mentor", "entity": str(other)}
    )
    assert answer.status_code == 422
    assert [load(each).face for each in (one, other)] == [1, 2]


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["ana", "charlie", "carol", "admin"])
def test_nobody_but_its_author_opens_the_change(pen: Pen, browser: Browser, cast: Cast, who: str) -> None:
    said = pen.record(face=2)
    browser.sign_in(getattr(cast, who))
    assert browser.get(f"/check-ins/{said}/change").status_code == 404
    assert browser.post(f"/check-ins/{said}/change", {"face": "5"}).status_code == 404
    assert browser.post(f"/check-ins/{said}/take-back").status_code == 404
    assert load(said).face == 2


@pytest.mark.one_database
def test_unknown_check_ins_are_404(browser: Browser, cast: Cast) -> None:
    unknown: UUID = uuid7()
    browser.sign_in(cast.mary)
    assert browser.get(f"/check-ins/{unknown}").status_code == 404
    assert browser.get(f"/check-ins/{unknown}/change").status_code == 404
