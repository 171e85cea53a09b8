"""The agreement: signed by both, with a name and a day, and asked for again when its words change."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.page_linter import forms_of
from tests.pairings.writing_down import somebody
from tests.people import Cast
from webapp.database import db, writing
from webapp.pairings.agreeing.models import Signature
from webapp.programmes import Programme
from webapp.programmes.actions.agreements import reword_agreement


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/pair/{cast.pairing}/agreement"


def sign(browser: Browser, page: str) -> None:
    assert browser.fill_in(page, {}, action=page).status_code == 303


def reword(cast: Cast, words: str) -> None:
    with writing():
        reword_agreement(somebody(cast.carol), db.session.get_one(Programme, cast.programme), {"en": words})


def test_both_sign_with_name_and_day_and_once_is_enough(cast: Cast, browser: Browser, page: str) -> None:
    mary, ana = browser.sign_in(cast.mary), Browser(browser.app).sign_in(cast.ana)
    assert "Ana Ruiz: not signed yet" in mary.get(page).text
    form = mary.get(page).text
    sign(mary, page)
    assert "Waiting for Ana" in mary.get(f"/pair/{cast.pairing}").text

    again = next(each for each in forms_of(form) if each.action == page)
    assert mary.post(page, {**again.values, "op_id": ""}).status_code == 303
    sign(ana, page)
    assert "Signed by you both" in mary.get(f"/pair/{cast.pairing}").text
    printed = ana.get(f"{page}/print").text
    assert "Mary Okafor</strong>, Tue 10 March 2026" in printed
    assert "Version 1." in printed
    db.session.rollback()
    rows = db.session.scalars(select(Signature)).all()
    assert {(row.person_id, row.version) for row in rows} == {(cast.mary, 1), (cast.ana, 1)}


def test_new_words_ask_again_and_the_old_ones_stay_with_their_signatures(
    cast: Cast, browser: Browser, page: str
) -> None:
    reword(cast, "We talk on Mondays.")
    mary = browser.sign_in(cast.mary)
    sign(mary, page)
    with writing():
        somebody(cast.mary).name = "Mary Lowe"
    reword(cast, "We talk on Tuesdays.")
    assert "The agreement has new words." in mary.get(f"/pair/{cast.pairing}").text
    assert "We talk on Tuesdays." in mary.get(page).text
    before = mary.get(f"{page}/print?version=1").text
    assert "We talk on Mondays." in before
    assert "Mary Okafor" in before.partition("Signatures")[2]
    assert mary.get(f"{page}/print?version=7").status_code == 404


def test_words_that_changed_while_they_were_read_are_not_signed(cast: Cast, browser: Browser, page: str) -> None:

    reword(cast, "We talk on Mondays.")
    mary = browser.sign_in(cast.mary)
    form = next(each for each in forms_of(mary.get(page).text) if each.action == page)
    reword(cast, "We never talk.")
    mary.post(page, form.values)
    assert "The words changed a moment ago." in mary.get(page).text
    db.session.rollback()
    assert db.session.scalars(select(Signature)).all() == []
