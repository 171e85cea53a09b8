"""Whom a list of everybody no longer had: kept, or their accounts closed after a look, and only by an administrator."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.client import Browser
from tests.people import Cast
from tests.staff.conftest import Desk
from webapp.clock import now
from webapp.database import db, writing
from webapp.people import Person
from webapp.staff import StaffRecord
from webapp.staff.importing import allow_importers

PAGE = "/staff/leavers"


@pytest.fixture
def gone(cast: Cast, desk: Desk) -> dict[str, UUID]:
    """Mary, Charlie and Ada were not in the last list of everybody; Carol may import."""
    missing = {"Mary": cast.mary, "Charlie": cast.charlie, "Ada": cast.admin}
    with writing():
        allow_importers(db.session.get_one(Person, cast.admin), {cast.carol})
        for each in missing.values():
            db.session.add(StaffRecord(person_id=each, languages=[], left_on=now().date()))
    return missing


def closed() -> set[str]:
    db.session.rollback()
    db.session.expire_all()
    return {each.first_name for each in db.session.query(Person) if each.closed_at}


def do(browser: Browser, deed: str, *who: UUID, path: str = PAGE) -> str:
    """Tick these and press the button; what comes of it."""
    answer = browser.fill_in(path, {"person": [str(each) for each in who], "do": deed}, action=PAGE)
    return answer.text if answer.status_code != 303 else browser.get(answer.headers["Location"]).text


def test_an_administrator_looks_first_and_then_closes_many(cast: Cast, browser: Browser, gone: dict[str, UUID]) -> None:
    browser.sign_in(cast.admin)
    preview = do(browser, "close", *gone.values(), cast.ana)
    assert "Mary Okafor, Ward 4" in preview and "Ana Ruiz" not in preview
    assert closed() == set()
    after = do(browser, "sure", *gone.values(), cast.ana)
    assert closed() == {"Mary", "Charlie"}
    assert "2 accounts were closed." in after and "One account stays open" in after
    browser.sign_in(cast.carol)
    assert "One of them has left" in browser.get("/programme/pairs?stage=left").text


def test_who_is_still_here_is_taken_off_the_page(cast: Cast, browser: Browser, gone: dict[str, UUID]) -> None:
    browser.sign_in(cast.carol)
    assert "One of them has left" in browser.get("/programme/pairs").text
    assert "1 person is still here." in do(browser, "stay", gone["Mary"])
    assert "Mary Okafor" not in browser.get(PAGE).text
    assert "Charlie Doe" in browser.get(PAGE).text
    assert 'value="left"' in browser.get("/programme/pairs?stage=left").text
    assert "Mary Okafor" not in browser.get("/programme/pairs?stage=left").text


def test_a_coordinator_closes_nobody(cast: Cast, browser: Browser, gone: dict[str, UUID]) -> None:
    browser.sign_in(cast.carol)
    assert "Close their accounts" not in browser.get(PAGE).text
    for deed in ("close", "sure"):
        answer = browser.fill_in(PAGE, {"person": str(gone["Mary"]), "do": deed}, action=PAGE)
        assert answer.status_code == 404
    assert browser.fill_in(PAGE, {"do": "stay"}, action=PAGE).status_code == 422
    assert closed() == set()


def test_her_own_reports_are_not_on_a_coordinators_page(cast: Cast, browser: Browser, gone: dict[str, UUID]) -> None:
    with writing():
        db.session.get_one(StaffRecord, gone["Mary"]).manager_id = cast.carol
    page = browser.sign_in(cast.carol).get(PAGE).text
    assert "Mary Okafor" not in page and "Charlie Doe" in page
    assert browser.fill_in(PAGE, {"person": str(gone["Mary"]), "do": "stay"}, action=PAGE).status_code == 303
    assert "Mary Okafor" in browser.sign_in(cast.admin).get(PAGE).text
