"""What the server holds because it could not be done: read, changed, sent or deleted by its author, without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.page_linter import forms_of
from tests.people import Cast
from tests.phone import Phone
from webapp.database import db, uuid7
from webapp.journal import Entry
from webapp.pairings import Note
from webapp.sync.models import HeldOp

PAGE = "/to-decide"


@pytest.fixture
def phone(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.mary)


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    """Mary with a plain browser."""
    return Browser(app).sign_in(cast.mary)


def address_of_held() -> str:
    return f"{PAGE}/held/{db.session.scalars(select(HeldOp.id)).one()}"


def conflict(app: Flask, cast: Cast, phone: Phone) -> str:
    """One entry changed on two phones; the held version is the tablet's."""
    entity = str(phone.entry("Before").body["entity"])
    phone.flush()
    tablet = Phone.of(app, cast.mary)
    tablet.pull()
    phone.entry("From the phone", entity)
    tablet.entry("From the tablet", entity)
    phone.flush()
    assert [r["status"] for r in tablet.flush()] == ["conflict"]
    return entity


def too_long(phone: Phone) -> None:
    phone.entry("x" * 20_001)
    phone.flush()


def test_today_says_it_and_the_page_shows_it_with_its_reason(phone: Phone, mary: Browser) -> None:
    assert PAGE not in mary.get("/").text
    too_long(phone)
    assert PAGE in mary.get("/").text
    page = mary.get(PAGE).text
    assert "It is too long" in page
    assert address_of_held() in page


def test_words_that_were_too_long_are_made_shorter_and_sent(phone: Phone, mary: Browser) -> None:
    too_long(phone)
    address = address_of_held()
    answer = mary.fill_in(address, {"words": "y" * 20_001}, action=address)
    assert answer.status_code == 422
    assert "Error:" in answer.text and "y" * 20_001 in answer.text
    assert db.session.scalar(select(func.count(Entry.id))) == 0
    page = mary.fill_in(address, {"words": "Short enough"}, action=address)
    assert page.status_code == 303
    assert db.session.scalars(select(Entry)).one().text == "Short enough"
    assert "Nothing waits for you" in mary.get(PAGE).text


def test_both_versions_of_a_conflict_stand_there_and_the_held_one_may_win(
    app: Flask, cast: Cast, phone: Phone, mary: Browser
) -> None:
    conflict(app, cast, phone)
    address = address_of_held()
    page = mary.get(address).text
    assert "From the phone" in page and "From the tablet" in page
    assert mary.fill_in(address, {"words": "From both"}, action=address).status_code == 303
    assert db.session.scalars(select(Entry)).one().text == "From both"
    assert "Nothing waits for you" in mary.get(PAGE).text


def test_other_words_under_a_used_id_become_an_entry_of_their_own(phone: Phone, mary: Browser) -> None:
    first = phone.entry("The first words")
    phone.flush()
    first.sealed = phone.seal(first.header, {**first.body, "fields": {"body": {"scheme": "plain", "text": "Others"}}})
    phone.send([first])
    address = address_of_held()
    assert mary.fill_in(address, {}, action=address).status_code == 303
    assert {entry.text for entry in db.session.scalars(select(Entry))} == {"The first words", "Others"}


def test_ten_taps_send_it_once(phone: Phone, mary: Browser) -> None:
    too_long(phone)
    address = address_of_held()
    [form] = [found for found in forms_of(mary.get(address).text) if found.action == address]
    answers = [mary.post(address, {**form.values, "words": "Once"}).status_code for _ in range(10)]
    assert answers == [303] * 10
    assert db.session.scalar(select(func.count(Entry.id))) == 1


def test_what_is_refused_again_keeps_the_words_and_says_why(cast: Cast, phone: Phone, mary: Browser) -> None:
    fields: dict[str, Any] = {"pairing": str(uuid7()), "words": "To a pair I am not in", "reply_to": None}
    phone.save("note", "write", fields)
    phone.flush()
    address = address_of_held()
    answer = mary.fill_in(address, {"words": "Once more"}, action=address)
    assert answer.status_code == 422
    assert "Once more" in answer.text
    assert db.session.scalar(select(func.count(Note.id))) == 0
    assert db.session.scalars(select(HeldOp)).one().discarded_at is None


def test_deleting_asks_first(phone: Phone, mary: Browser) -> None:
    too_long(phone)
    address = address_of_held()
    assert "Delete these words?" in mary.get(f"{address}/discard").text
    assert db.session.scalars(select(HeldOp)).one().discarded_at is None
    assert mary.fill_in(f"{address}/discard", {}, action=f"{address}/discard").status_code == 303
    assert "Nothing waits for you" in mary.get(PAGE).text
    assert mary.client.get(address).status_code == 404
    phone.pull()
    assert phone.rows("held") == {}


def test_what_nobody_knows_how_to_do_can_be_read_and_deleted_only(phone: Phone, mary: Browser) -> None:
    phone.save("riddle", "ask", {"words": "What has four legs?"})
    phone.flush()
    page = mary.get(address_of_held()).text
    assert "What has four legs?" in page
    assert "Send it again" not in page


def test_nobody_else_reads_sends_or_deletes_it(app: Flask, cast: Cast, phone: Phone) -> None:
    too_long(phone)
    address = address_of_held()
    for person in (cast.ana, cast.carol, cast.charlie, cast.admin):
        other = Browser(app).sign_in(person)
        token = other.client.get("/settings").text.split('name="csrf_token" value="')[1].split('"')[0]
        assert other.client.get(address).status_code == 404
        assert other.client.get(f"{address}/discard").status_code == 404
        for path in (address, f"{address}/discard"):
            assert other.post(path, {"csrf_token": token, "words": "Mine now"}).status_code == 404
    assert db.session.scalars(select(HeldOp)).one().discarded_at is None
    assert db.session.scalar(select(func.count(Entry.id))) == 0
