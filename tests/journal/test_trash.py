"""Deleting: 30 days in the trash, then, or at a word, for ever."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.journal.test_writing import write
from tests.people import Cast
from tests.phone import Phone
from webapp import worker
from webapp.clock import now
from webapp.database import db, writing
from webapp.journal import Entry, empty_trash


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.mary)


def delete(browser: Browser, entry: UUID) -> None:
    response = browser.fill_in(f"/journal/{entry}", {}, action=f"/journal/{entry}/delete")
    assert response.status_code == 303


def test_a_deleted_entry_is_in_the_trash_and_comes_back(mary: Browser) -> None:
    entry = write(mary, "Not lost")
    delete(mary, entry)
    assert "Deleted. It is in the trash for 30 days." in (page := mary.get("/journal").text)
    assert "Not lost" not in page
    assert "Not lost" in mary.get("/journal/trash").text
    assert "gone for ever on Thu 9 April" in mary.get("/journal/trash").text
    mary.fill_in("/journal/trash", {}, action=f"/journal/{entry}/restore")
    assert "Not lost" in mary.get("/journal").text
    assert "The trash is empty" in mary.get("/journal/trash").text


def test_an_entry_in_the_trash_is_not_changed_but_brought_back_first(mary: Browser) -> None:
    entry = write(mary, "In the trash")
    delete(mary, entry)
    assert mary.get(f"/journal/{entry}/change").location == f"/journal/{entry}"
    assert "This is in the trash." in mary.get(f"/journal/{entry}").text


def test_an_entry_is_deleted_for_ever_at_its_authors_word(mary: Browser) -> None:
    entry = write(mary, "Gone")
    delete(mary, entry)
    response = mary.fill_in("/journal/trash", {}, action=f"/journal/{entry}/erase")
    assert response.status_code == 303
    assert "Gone" not in mary.get("/journal/trash").text
    assert mary.get(f"/journal/{entry}").status_code == 404
    db.session.rollback()
    row = db.session.get_one(Entry, entry)
    assert (row.body_sealed, row.prompt) == (None, None)


def test_only_what_is_in_the_trash_is_deleted_for_ever(mary: Browser) -> None:
    entry = write(mary, "Standing")
    form = mary.get("/journal/new")
    assert form.status_code == 200
    from tests.page_linter import forms_of

    token = forms_of(form.text)[0].values["csrf_token"]
    assert mary.post(f"/journal/{entry}/erase", {"csrf_token": token}).status_code == 404


def test_the_trash_empties_itself_after_thirty_days(mary: Browser, clock: MovedClock) -> None:
    old, young = write(mary, "Old"), write(mary, "Young")
    delete(mary, old)
    clock.move(days=20)
    delete(mary, young)
    clock.move(days=10, seconds=1)
    worker.tidy()
    page = mary.get("/journal/trash").text
    assert "Young" in page and "Old" not in page
    with writing():
        assert empty_trash(now()) == 0


def test_what_was_deleted_for_ever_does_not_come_back_with_a_late_phone(app: Flask, cast: Cast, mary: Browser) -> None:
    entry = write(mary, "Before")
    phone = Phone.of(app, cast.mary)
    phone.pull()
    delete(mary, entry)
    mary.fill_in("/journal/trash", {}, action=f"/journal/{entry}/erase")
    phone.entry("Written without signal", str(entry))
    assert [result["status"] for result in phone.flush()] == ["deleted"]
    assert db.session.get_one(Entry, entry).body is None
    page = mary.get("/journal/trash").text
    assert "Written without signal" in page
    assert "These words came from another phone" in page


def test_the_same_words_that_come_late_are_not_kept_twice(app: Flask, cast: Cast, mary: Browser) -> None:
    entry = write(mary, "Same")
    phone = Phone.of(app, cast.mary)
    phone.pull()
    delete(mary, entry)
    phone.entry("Same", str(entry))
    assert [result["status"] for result in phone.flush()] == ["deleted"]
    assert len(db.session.scalars(select(Entry)).all()) == 1


def test_restoring_on_one_phone_what_was_erased_on_another_is_refused(app: Flask, cast: Cast, mary: Browser) -> None:
    entry = write(mary, "Before")
    delete(mary, entry)
    phone = Phone.of(app, cast.mary)
    phone.pull()
    mary.fill_in("/journal/trash", {}, action=f"/journal/{entry}/erase")
    phone.save("entry", "restore", entity=str(entry))
    [result] = phone.flush()
    assert (result["status"], result["reason"]) == ("rejected", "not_found")
    assert str(entry) not in phone.rows("entry")
