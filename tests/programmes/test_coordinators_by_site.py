"""Somebody who coordinates one site finds the pairs of that site and no others."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.client import Browser
from tests.people import Cast, person
from tests.programmes.building import site_with_unit, takes_part
from webapp.database import db, writing
from webapp.pairings import Pairing, make_pair
from webapp.people import Person
from webapp.programmes import Programme


@pytest.fixture
def olga(cast: Cast) -> UUID:
    with writing():
        row = person("Olga Site", {"coordinator"})
        db.session.flush()
        return row.id


def on_southside(cast: Cast) -> tuple[UUID, UUID, UUID]:
    """A site, a mentee there, and her pair."""
    site, unit = site_with_unit("Southside")
    mentee = takes_part(cast, cast.programme, "Susan South", unit=unit)
    with writing():
        everybody = [db.session.get_one(Person, each) for each in (cast.carol, mentee, cast.ana)]
        programme = db.session.get_one(Programme, cast.programme)
        pair = make_pair(everybody[0], programme, everybody[1], everybody[2], "They fit.")
        return site, mentee, pair.id


def let(cast: Cast, browser: Browser, *scopes: str) -> None:
    path = f"/programme/{cast.programme}/coordinators"
    assert browser.sign_in(cast.carol).fill_in(path, {"scopes": list(scopes)}, action=path).status_code == 303


def test_she_finds_her_site_and_no_other(cast: Cast, browser: Browser, olga: UUID) -> None:
    site, _mentee, pair = on_southside(cast)
    let(cast, browser, str(cast.carol), f"{olga}:{site}")
    hers = Browser(browser.app).sign_in(olga)
    page = hers.get("/programme").text
    assert "Susan South" in page
    assert "Mary Okafor" not in page
    assert hers.get(f"/programme/pairs/{pair}").status_code == 200
    for path in ("", "/end", "/talks/new"):
        assert hers.get(f"/programme/pairs/{cast.pairing}{path}").status_code == 404


def test_she_does_not_change_the_programme(cast: Cast, browser: Browser, olga: UUID) -> None:
    site, _mentee, _pair = on_southside(cast)
    let(cast, browser, str(cast.carol), f"{olga}:{site}")
    hers = Browser(browser.app).sign_in(olga)
    for page in ("set-up", "edit", "rhythm", "coordinators", "agreement", "end", "repeat"):
        assert hers.get(f"/programme/{cast.programme}/{page}").status_code == 404


def test_she_pairs_only_mentees_of_her_site(cast: Cast, browser: Browser, olga: UUID) -> None:
    site, mentee, pair = on_southside(cast)
    let(cast, browser, str(cast.carol), f"{olga}:{site}")
    with writing():
        db.session.get_one(Pairing, pair).ended_at = db.session.get_one(Pairing, pair).made_at
    hers = Browser(browser.app).sign_in(olga)
    page = hers.get("/programme/pairs/new").text
    assert str(mentee) in page
    assert str(cast.charlie) not in page.partition('name="mentor"')[0]


def test_without_a_site_she_finds_everything(cast: Cast, browser: Browser, olga: UUID) -> None:
    site, _mentee, _pair = on_southside(cast)
    let(cast, browser, str(cast.carol), str(olga), f"{olga}:{site}")
    hers = Browser(browser.app).sign_in(olga)
    assert hers.get(f"/programme/pairs/{cast.pairing}").status_code == 200
    assert hers.get(f"/programme/{cast.programme}/set-up").status_code == 200


def test_whoever_takes_herself_out_is_shown_the_way_out(cast: Cast, browser: Browser, olga: UUID) -> None:
    path = f"/programme/{cast.programme}/coordinators"
    answer = browser.sign_in(cast.carol).fill_in(path, {"scopes": [str(olga)]}, action=path)
    assert answer.headers["Location"] == "/programme"
    assert browser.get(f"/programme/{cast.programme}/set-up").status_code == 404
