"""Only the author reads; the mentor reads one entry while it is shown; everybody else finds nothing, ever."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from tests.client import Browser
from tests.journal.test_trash import delete
from tests.journal.test_writing import write
from tests.people import Cast
from webapp.database import db, writing
from webapp.pairings import Pairing

ONE = ("/journal/{id}", "/journal/{id}/change", "/journal/shown/{id}")
TAPS = ("change", "delete", "restore", "show", "hide", "erase")


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.mary)


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ana)


def show(mary: Browser, entry: UUID) -> None:
    response = mary.fill_in(f"/journal/{entry}", {}, action=f"/journal/{entry}/show")
    assert response.status_code == 303


@pytest.mark.parametrize("who", ["ana", "carol", "charlie", "admin"])
def test_nobody_else_finds_an_entry(app: Flask, cast: Cast, mary: Browser, who: str) -> None:
    entry = write(mary, "canary", prompt="why")
    other = Browser(app).sign_in(getattr(cast, who))
    for address in ONE:
        assert other.get(address.format(id=entry)).status_code == 404
    for page in ("/journal", "/journal/trash", "/journal/shown", "/journal/print", "/journal/export.json"):
        assert "canary" not in other.get(page).text
    from tests.page_linter import forms_of

    token = forms_of(other.get("/journal/new").text)[0].values["csrf_token"]
    for tap in TAPS:
        data = {"csrf_token": token, "entity": str(entry), "text": "x", "pairing": str(cast.pairing)}
        assert other.post(f"/journal/{entry}/{tap}", data).status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(app: Flask, cast: Cast, mary: Browser) -> None:
    entry = write(mary, "canary")
    for address in ("/journal", "/journal/trash", "/journal/export.json", f"/journal/{entry}"):
        response = Browser(app).get(address)
        assert response.status_code in (302, 303)
        assert "canary" not in response.text


def test_the_mentor_reads_the_one_entry_that_is_shown(mary: Browser, ana: Browser) -> None:
    shown, other = write(mary, "For Ana"), write(mary, "Not for Ana")
    show(mary, shown)
    assert "Ana can read it" in mary.get(f"/journal/{shown}").text
    assert str(shown) in ana.get("/journal/shown").text
    page = ana.get(f"/journal/shown/{shown}").text
    assert "For Ana" in page and "Mary" in page
    assert ana.get(f"/journal/{shown}").status_code == 404
    assert ana.get(f"/journal/shown/{other}").status_code == 404


@pytest.mark.parametrize("who", ["carol", "charlie", "admin"])
def test_shown_to_the_mentor_is_shown_to_nobody_else(app: Flask, cast: Cast, mary: Browser, who: str) -> None:
    entry = write(mary, "For Ana")
    show(mary, entry)
    assert Browser(app).sign_in(getattr(cast, who)).get(f"/journal/shown/{entry}").status_code == 404


def test_showing_can_be_taken_back(mary: Browser, ana: Browser) -> None:
    entry = write(mary, "For a while")
    show(mary, entry)
    mary.fill_in(f"/journal/{entry}", {}, action=f"/journal/{entry}/hide")
    assert "Only for you" in mary.get(f"/journal/{entry}").text
    assert ana.get(f"/journal/shown/{entry}").status_code == 404
    assert "Nothing is shown to you" in ana.get("/journal/shown").text


def test_deleting_takes_the_showing_back_and_restoring_does_not_bring_it_again(mary: Browser, ana: Browser) -> None:
    entry = write(mary, "Shown, then deleted")
    show(mary, entry)
    delete(mary, entry)
    assert ana.get(f"/journal/shown/{entry}").status_code == 404
    mary.fill_in("/journal/trash", {}, action=f"/journal/{entry}/restore")
    assert ana.get(f"/journal/shown/{entry}").status_code == 404


def test_the_end_of_the_pair_ends_the_showing(cast: Cast, mary: Browser, ana: Browser) -> None:
    entry = write(mary, "Shown in the pair")
    show(mary, entry)
    with writing():
        pairing = db.session.get_one(Pairing, cast.pairing)
        pairing.ended_at = pairing.made_at
    assert ana.get(f"/journal/shown/{entry}").status_code == 404
    assert ana.get("/journal/shown").text.count(str(entry)) == 0


def test_a_change_of_a_shown_entry_is_what_the_mentor_then_reads(mary: Browser, ana: Browser) -> None:
    entry = write(mary, "First version")
    show(mary, entry)
    address = f"/journal/{entry}/change"
    mary.fill_in(address, {"text": "Second version"}, action=address)
    assert "Second version" in ana.get(f"/journal/shown/{entry}").text


def test_a_mentors_own_journal_offers_nobody_to_show_it_to(ana: Browser) -> None:
    entry = write(ana, "Ana's own")
    assert "Show it to" not in ana.get(f"/journal/{entry}").text


def test_each_form_says_who_reads_it_and_that_nobody_is_on_duty(mary: Browser) -> None:
    entry = write(mary, "Mine")
    for page in ("/journal", "/journal/new", f"/journal/{entry}/change"):
        text = mary.get(page).text
        assert "Only you read this." in text
        assert "Nobody is on duty here." in text
        assert "<identifier-warning" in text
