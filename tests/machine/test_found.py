"""What walks like these found, each as a test with a name of its own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.client import Browser
from tests.page_linter import forms_of
from tests.people import Cast
from tests.phone import Phone
from webapp.checkins import Checkin
from webapp.database import db, writing
from webapp.feedback import Feedback
from webapp.pairings import Pairing, end_pair
from webapp.people import Person

FIRST = {"checkin": "record", "feedback": "give"}
ROWS: dict[str, Any] = {"checkin": Checkin, "feedback": Feedback}
BOTH = pytest.mark.parametrize("kind", ["checkin", "feedback"])


def said(kind: str, cast: Cast, words: str, **more: Any) -> dict[str, Any]:
    audience = {"audience": "mentor"} if kind == "checkin" else {}
    return {"pairing": str(cast.pairing), "words": words, **audience, **more}


def two_phones_that_know_one(app: Flask, cast: Cast, kind: str) -> tuple[Phone, Phone, str]:
    """Two phones of Mary's, and what both know: a check-in or feedback that says "First."."""
    one, other = Phone.of(app, cast.mary), Phone.of(app, cast.mary)
    entity = str(one.save(kind, FIRST[kind], said(kind, cast, "First.")).body["entity"])
    one.flush()
    other.flush()
    return one, other, entity


def words_in_row(kind: str, entity: str) -> str:
    db.session.rollback()
    row = next(row for row in db.session.query(ROWS[kind]) if str(row.id) == entity)
    return str(row.words)


def held(phone: Phone) -> list[tuple[str, str]]:
    return [(row["reason"], row["fields"]["words"]) for row in phone.rows("held").values()]


@BOTH
def test_a_change_from_a_second_phone_that_has_not_seen_the_first_ones_is_kept_beside_it(
    app: Flask, cast: Cast, kind: str
) -> None:
    one, other, entity = two_phones_that_know_one(app, cast, kind)
    one.save(kind, "amend", said(kind, cast, "Changed on the phone."), entity)
    other.save(kind, "amend", said(kind, cast, "Changed at home."), entity)
    one.flush()
    assert [result["status"] for result in other.flush()] == ["conflict"]
    assert words_in_row(kind, entity) == "Changed on the phone."
    assert held(other) == [("conflict", "Changed at home.")]
    [theirs] = [row["theirs"]["words"] for row in other.rows("held").values()]
    assert theirs == "Changed on the phone."
    other.save(kind, "amend", said(kind, cast, "Both, now."), entity)
    assert [result["status"] for result in other.flush()] == ["applied"]


@BOTH
def test_the_same_words_from_two_phones_are_no_conflict(app: Flask, cast: Cast, kind: str) -> None:
    one, other, entity = two_phones_that_know_one(app, cast, kind)
    one.save(kind, "amend", said(kind, cast, "The same."), entity)
    other.save(kind, "amend", said(kind, cast, "The same."), entity)
    assert [r["status"] for phone in (one, other) for r in phone.flush()] == ["applied", "applied"]


def test_keep_for_me_counts_at_once_even_when_the_words_are_in_conflict(app: Flask, cast: Cast) -> None:
    one, other, entity = two_phones_that_know_one(app, cast, "checkin")
    mentor = Phone.of(app, cast.ana)
    one.save("checkin", "amend", said("checkin", cast, "Changed on the phone."), entity)
    other.save("checkin", "amend", said("checkin", cast, "For me.", audience="self"), entity)
    one.flush()
    mentor.flush()
    assert entity in mentor.rows("checkin")
    other.flush()
    mentor.flush()
    assert entity not in mentor.rows("checkin")
    assert other.rows("checkin")[entity]["audience"] == "self"


def test_please_act_is_withdrawn_at_once_even_when_the_words_are_in_conflict(app: Flask, cast: Cast) -> None:
    one, other, entity = two_phones_that_know_one(app, cast, "feedback")
    one.save("feedback", "amend", said("feedback", cast, "Please act.", act=True), entity)
    other.save("feedback", "amend", said("feedback", cast, "Rather not."), entity)
    one.flush()
    assert one.rows("feedback")[entity]["act"] is True
    other.flush()
    assert other.rows("feedback")[entity]["act"] is False


@BOTH
def test_taking_back_keeps_words_that_came_from_another_phone_for_their_author(
    app: Flask, cast: Cast, kind: str
) -> None:
    one, other, entity = two_phones_that_know_one(app, cast, kind)
    one.save(kind, "amend", said(kind, cast, "Changed on the phone."), entity)
    one.flush()
    other.save(kind, "take_back", {}, entity)
    assert [result["status"] for result in other.flush()] == ["applied"]
    assert words_in_row(kind, entity) == "Changed on the phone."
    assert entity not in other.rows(kind)
    page = Browser(app).sign_in(cast.mary).get("/check-ins" if kind == "checkin" else "/feedback")
    assert "Changed on the phone." in page.text
    other.save(kind, "take_back", {}, entity, parent=last_op(kind, entity))
    other.flush()
    assert words_in_row(kind, entity) == ""


@BOTH
def test_two_changes_that_come_after_a_taking_back_are_both_kept(app: Flask, cast: Cast, kind: str) -> None:
    one, other, entity = two_phones_that_know_one(app, cast, kind)
    third = Phone.of(app, cast.mary)
    third.flush()
    one.save(kind, "amend", said(kind, cast, "Changed on the phone."), entity)
    other.save(kind, "amend", said(kind, cast, "Changed at home."), entity)
    third.save(kind, "take_back", {}, entity)
    third.flush()
    assert [r["status"] for phone in (one, other) for r in phone.flush()] == ["deleted", "conflict"]
    assert words_in_row(kind, entity) == "Changed on the phone."
    assert held(other) == [("conflict", "Changed at home.")]


def test_the_end_of_a_pairing_takes_shown_entries_from_the_mentors_phone(app: Flask, cast: Cast) -> None:
    mary, ana = Phone.of(app, cast.mary), Phone.of(app, cast.ana)
    entity = mary.entry("For Ana.").body["entity"]
    mary.save("entry", "show", {"pairing": str(cast.pairing)}, entity)
    mary.flush()
    ana.flush()
    assert entity in ana.rows("entry")
    with writing():
        carol, pairing = db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, cast.pairing)
        end_pair(carol, pairing)
    ana.flush()
    mary.flush()
    assert entity not in ana.rows("entry")
    assert mary.rows("entry")[entity]["shown"] is False


def test_bringing_an_entry_back_shows_it_to_nobody_although_another_phone_showed_it_meanwhile(
    app: Flask, cast: Cast
) -> None:
    one, other, ana = Phone.of(app, cast.mary), Phone.of(app, cast.mary), Phone.of(app, cast.ana)
    entity = one.entry("For Ana.").body["entity"]
    one.save("entry", "delete", {}, entity)
    one.flush()
    other.flush()
    other.save("entry", "restore", {}, entity)  # waits: no signal
    one.save("entry", "restore", {}, entity)
    one.save("entry", "show", {"pairing": str(cast.pairing)}, entity)
    one.flush()
    ana.flush()
    assert entity in ana.rows("entry")
    other.flush()
    ana.flush()
    assert entity not in ana.rows("entry")
    assert other.rows("entry")[entity]["shown"] is False


@pytest.mark.parametrize("path", ["/check-ins/{id}/change", "/feedback/{id}"])
def test_a_page_opened_before_another_change_shows_both_versions(app: Flask, cast: Cast, path: str) -> None:
    kind = "checkin" if "check-ins" in path else "feedback"
    one, _, entity = two_phones_that_know_one(app, cast, kind)
    browser = Browser(app).sign_in(cast.mary)
    address = path.format(id=entity)
    form = next(form for form in forms_of(browser.get(address).text) if form.action == address)
    one.save(kind, "amend", said(kind, cast, "Changed on the phone."), entity)
    one.flush()
    answer = browser.post(address, {**form.values, "words": "Changed on the page.", "audience": "mentor"})
    assert answer.status_code == 422
    assert "Changed on the phone." in answer.text and "Changed on the page." in answer.text
    assert words_in_row(kind, entity) == "Changed on the phone."
    again = next(form for form in forms_of(answer.text) if form.action == address)
    assert browser.post(address, {**again.values, "audience": "mentor"}).status_code == 303
    assert words_in_row(kind, entity) == "Changed on the page."


def test_a_shift_on_the_last_day_of_the_calendar_blocks_no_outbox(app: Flask, cast: Cast) -> None:
    phone = Phone.of(app, cast.mary)
    last = {"start": "9999-12-31T22:00", "end": "9999-12-31T23:00"}
    phone.save("checkin", "record", said("checkin", cast, "A wrong clock.", shift=last))
    phone.entry("After it.")
    assert [result["status"] for result in phone.flush()] == ["applied", "applied"]
    Browser(app).sign_in(cast.mary).get("/check-in")


def last_op(kind: str, entity: str) -> str:
    db.session.rollback()
    return next(str(row.head) for row in db.session.query(ROWS[kind]) if str(row.id) == entity)
