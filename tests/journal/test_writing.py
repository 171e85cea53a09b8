"""Writing, reading, changing: an author at her own journal, without scripts."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.people import Cast
from webapp.database import db
from webapp.journal import Entry, why_of
from webapp.people import Person


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.mary)


def write(browser: Browser, text: str, **more: object) -> UUID:
    known = set(db.session.scalars(select(Entry.id)))
    response = browser.fill_in("/journal/new", {"text": text, **more}, action="/journal")
    assert response.status_code == 303, response.text
    db.session.rollback()
    [new] = set(db.session.scalars(select(Entry.id))) - known
    return new


def test_an_entry_is_written_on_top_of_the_journal_and_stands_below(mary: Browser) -> None:
    assert "No entries yet" in mary.get("/journal").text
    response = mary.fill_in("/journal", {"text": "The first night alone."}, action="/journal")
    assert (response.status_code, response.location) == (303, "/journal")
    page = mary.get("/journal").text
    assert "Kept in your journal." in page
    assert page.count("The first night alone.") == 2  # folded, and its first words
    assert "Only for you" in page


def test_entries_stand_newest_first_and_older_ones_on_the_next_page(mary: Browser, clock: MovedClock) -> None:
    for number in range(32):
        write(mary, f"Entry number {number:02}")
        clock.move(hours=1)
    page = mary.get("/journal").text
    assert page.index("number 31") < page.index("number 30")
    assert "number 01" not in page
    assert "number 01" in mary.get("/journal?after=30").text


@pytest.mark.parametrize(("prompt", "words"), [("learned", "What I learned this shift"), ("why", "Why I started")])
def test_a_prompt_begins_an_entry(mary: Browser, prompt: str, words: str) -> None:
    page = mary.get(f"/journal/new?prompt={prompt}")
    assert forms_of(page.text)[0].values["prompt"] == prompt
    entry = write(mary, "Because of my grandmother.", prompt=prompt)
    assert words in mary.get(f"/journal/{entry}").text


def test_a_prompt_that_is_none_is_ignored(mary: Browser) -> None:
    assert "prompt" not in forms_of(mary.get("/journal/new?prompt=<script>").text)[0].values


def test_an_empty_entry_is_asked_for_again(mary: Browser) -> None:
    response = mary.fill_in("/journal/new", {"text": "   "}, action="/journal")
    assert response.status_code == 422
    assert "Write a word or two." in response.text


def test_too_many_words_are_kept_on_the_screen(mary: Browser) -> None:
    response = mary.fill_in("/journal/new", {"text": "x" * 20_001}, action="/journal")
    assert response.status_code == 422
    assert "x" * 20_001 in response.text


def test_an_expired_form_is_shown_again_with_its_words(mary: Browser) -> None:
    response = mary.fill_in("/journal/new", {"text": "Typed for an hour", "csrf_token": "old"}, action="/journal")
    assert response.status_code == 422
    assert "Typed for an hour" in response.text


def test_the_same_post_twice_makes_one_entry(mary: Browser) -> None:
    form = forms_of(mary.get("/journal/new").text)[0]
    for _ in range(2):
        assert mary.post("/journal", {**form.values, "text": "Once"}).status_code == 303
    assert len(db.session.scalars(select(Entry)).all()) == 1


def test_back_edit_and_save_again_keeps_both_texts(mary: Browser) -> None:
    form = forms_of(mary.get("/journal/new").text)[0]
    for text in ("First thought", "Second thought"):
        mary.post("/journal", {**form.values, "text": text})
    assert {entry.text for entry in db.session.scalars(select(Entry))} == {"First thought", "Second thought"}


def test_an_entry_is_changed(mary: Browser, clock: MovedClock) -> None:
    entry = write(mary, "Befor")
    clock.move(days=1)
    response = mary.fill_in(f"/journal/{entry}/change", {"text": "Before"}, action=f"/journal/{entry}/change")
    assert response.status_code == 303
    page = mary.get(f"/journal/{entry}").text
    assert "Before" in page
    assert "changed Wed 11 March" in page


def test_a_change_over_another_change_shows_both_and_overwrites_nothing(mary: Browser) -> None:
    entry = write(mary, "Start")
    address = f"/journal/{entry}/change"
    old_form = forms_of(mary.get(address).text)[0]
    mary.fill_in(address, {"text": "From the laptop"}, action=address)
    response = mary.post(address, {**old_form.values, "text": "From the phone"})
    assert response.status_code == 422
    assert "From the laptop" in response.text and "From the phone" in response.text
    assert db.session.get_one(Entry, entry).text == "From the laptop"
    again = forms_of(response.text)[0]
    assert mary.post(address, again.values).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Entry, entry).text == "From the phone"


def test_a_change_that_comes_after_a_delete_goes_to_the_trash(mary: Browser) -> None:
    entry = write(mary, "Start")
    address = f"/journal/{entry}/change"
    old_form = forms_of(mary.get(address).text)[0]
    mary.fill_in(f"/journal/{entry}", {}, action=f"/journal/{entry}/delete")
    response = mary.post(address, {**old_form.values, "text": "Written meanwhile"})
    assert response.location == "/journal/trash"
    page = mary.get("/journal/trash").text
    assert "Written meanwhile" in page and "Start" in page


def test_line_ends_of_a_browser_are_no_other_words(mary: Browser) -> None:
    entry = write(mary, "one\r\ntwo")
    assert db.session.get_one(Entry, entry).text == "one\ntwo"


def test_words_are_sealed_at_rest(mary: Browser) -> None:
    entry = write(mary, "canary words")
    sealed = db.session.get_one(Entry, entry).body_sealed
    assert sealed is not None and b"canary" not in sealed


def test_the_export_holds_every_entry_the_trash_included(mary: Browser) -> None:
    kept, deleted = write(mary, "Kept", prompt="why"), write(mary, "Deleted")
    mary.fill_in(f"/journal/{deleted}", {}, action=f"/journal/{deleted}/delete")
    response = mary.client.get("/journal/export.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="journal.json"'
    content = json.loads(response.text)
    assert content["journal_of"] == "Mary Okafor"
    assert [(each["id"], each["text"], each["prompt"], bool(each["deleted_at"])) for each in content["entries"]] == [
        (str(kept), "Kept", "why", False),
        (str(deleted), "Deleted", None, True),
    ]


def test_the_page_for_paper_has_every_entry_oldest_first(mary: Browser, clock: MovedClock) -> None:
    write(mary, "Older")
    clock.move(days=1)
    write(mary, "Newer")
    page = mary.get("/journal/print").text
    assert page.index("Older") < page.index("Newer")


def test_why_i_started_is_found_for_its_author(cast: Cast, mary: Browser, clock: MovedClock) -> None:
    write(mary, "An older reason", prompt="why")
    clock.move(days=1)
    entry = write(mary, "The reason", prompt="why")
    clock.move(days=1)
    write(mary, "Something else")
    found = why_of(db.session.get_one(Person, cast.mary))
    assert found is not None and found.id == entry
    assert why_of(db.session.get_one(Person, cast.ana)) is None
