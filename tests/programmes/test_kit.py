"""The start kit: pages to print in each language, and a plan whose steps are ticked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.client import Browser
from tests.languages.test_pages_in_spanish import english_words
from tests.people import Cast
from tests.programmes.building import draft
from webapp.database import db, writing
from webapp.programmes import Programme, plan_of
from webapp.programmes.launch import STEPS
from webapp.programmes.views.kit import PAGES


def begins(cast: Cast, day: date) -> None:
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        programme.starts_on, programme.purpose, programme.protected_minutes = day, "Settle in.", 25


@pytest.mark.one_database
@pytest.mark.parametrize("page", PAGES)
def test_each_page_carries_the_programmes_names_in_both_languages(cast: Cast, browser: Browser, page: str) -> None:
    begins(cast, date(2026, 4, 6))
    browser.sign_in(cast.carol)
    path = f"/programme/{cast.programme}/kit/{page}"
    english, spanish = browser.get(path).text, browser.get(f"{path}?lang=es").text
    for text in (english, spanish):
        assert "New nurses 2026" in text
        assert "Carol Jones" in text
    assert '<html lang="en"' in english
    assert '<html lang="es"' in spanish
    without_names = spanish.replace("New nurses 2026", "").replace("Settle in.", "")
    assert not english_words(without_names)


@pytest.mark.one_database
def test_the_poster_opens_this_hospitals_address(cast: Cast, browser: Browser) -> None:
    begins(cast, date(2026, 4, 6))
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/kit/poster").text
    assert 'src="data:image/svg+xml;base64,' in page
    assert "QR code: opens localhost" in page
    assert "Begins on Mon 6 April 2026." in page


def test_the_invitation_promises_what_the_programme_grants(cast: Cast, browser: Browser) -> None:
    begins(cast, date(2026, 4, 6))
    path = f"/programme/{cast.programme}/kit/invitation"
    page = browser.sign_in(cast.carol).get(path).text
    assert "25 minutes a month in working time." in page
    assert "Nobody asks you to be there outside working hours." in page
    with writing():
        db.session.get_one(Programme, cast.programme).protected_minutes = 0
        db.session.get_one(Programme, cast.programme).off_shift = "paid"
    page = browser.get(path).text
    assert "minutes a month in working time" not in page
    assert "What you do outside working hours is paid." in page


@pytest.mark.one_database
def test_a_page_that_is_not_there_is_not_found(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.carol)
    assert browser.get(f"/programme/{cast.programme}/kit/kit").status_code == 404
    assert browser.get(f"/programme/{cast.programme}/kit/poster?lang=xx").status_code == 200


def test_the_plan_counts_its_weeks_from_the_first_day(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/plan"
    assert "once the programme has a first day" in browser.sign_in(cast.carol).get(path).text
    begins(cast, date(2026, 4, 6))
    db.session.rollback()
    days = {
        each.code: (each.week_begins, each.due_on) for each in plan_of(db.session.get_one(Programme, cast.programme))
    }
    assert days["objectives"] == (date(2026, 2, 23), date(2026, 3, 1))
    assert days["start"] == (date(2026, 4, 6), date(2026, 4, 12))
    assert days["first_talks"] == (date(2026, 4, 13), date(2026, 4, 19))
    page = browser.get(path).text
    assert "Week 8" in page
    assert "from Mon 23 February 2026" in page


def test_a_step_is_ticked_and_taken_back(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/plan"
    browser.sign_in(cast.carol)
    for said, expected in (("1", {"poster"}), ("1", {"poster"}), ("", set())):
        browser.fill_in(path, {"done": said}, action=f"{path}/poster")
        db.session.rollback()
        programme = db.session.get_one(Programme, cast.programme)
        assert {each.code for each in plan_of(programme) if each.is_done} == expected
    token = browser.get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert browser.post(f"{path}/party", {"csrf_token": token, "done": "1"}).status_code == 404


@pytest.mark.one_database
def test_every_step_has_words_and_a_page_that_opens(cast: Cast, browser: Browser) -> None:
    new = draft(cast)
    page = browser.sign_in(cast.carol).get(f"/programme/{new}/plan").text
    steps = page.partition('id="week-1"')[2]
    links = [part.partition('"')[0] for part in steps.split('<p><a href="')[1:]]
    assert len(links) == len(STEPS)
    assert {browser.get(link).status_code for link in links} == {200}
