"""A programme does not start before its people know whom to ring, each in a language they speak."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.client import Browser
from tests.people import Cast
from tests.programmes.building import draft, site_with_unit, takes_part, whom_to_ring
from webapp.database import db, writing
from webapp.people import Organisation, Person
from webapp.programmes import CannotStart, Programme, agreement_of, contacts_missing, start_programme


def missing(programme_id: UUID) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(each.kind, each.lang) for each in contacts_missing(db.session.get_one(Programme, programme_id))]


def state(programme_id: UUID) -> str:
    db.session.rollback()
    return db.session.get_one(Programme, programme_id).state


def test_it_does_not_start_without_help_contacts(cast: Cast, browser: Browser) -> None:
    new = draft(cast)
    whom_to_ring(cast, "crisis", "privacy")
    page = browser.sign_in(cast.carol).get(f"/programme/{new}/set-up").text
    assert "To report harm or danger" in page
    assert "kind=safeguarding&amp;lang=en" in page
    assert "Crisis line" not in page
    assert f'action="/programme/{new}/start"' not in page
    token = browser.get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    browser.post(f"/programme/{new}/start", {"csrf_token": token})
    assert state(new) == "draft"


def test_it_starts_once_they_are_there(cast: Cast, browser: Browser) -> None:
    new = draft(cast)
    whom_to_ring(cast)
    path = f"/programme/{new}/set-up"
    browser.sign_in(cast.carol).fill_in(path, {}, action=f"/programme/{new}/start")
    assert state(new) == "running"
    programme = db.session.get_one(Programme, new)
    assert programme.started_by_id == cast.carol
    assert agreement_of(programme).version == 1
    assert f'action="/programme/{new}/start"' not in browser.get(path).text


def test_the_link_to_a_missing_number_fills_in_what_is_known(cast: Cast, browser: Browser) -> None:
    site, _unit = site_with_unit("South site")
    page = browser.sign_in(cast.carol).get(f"/help-now/contacts/new?kind=privacy&lang=es&site_id={site}").text
    for value in ("privacy", "es", str(site)):
        assert f'selected value="{value}"' in page


def test_a_number_in_the_hospitals_language_serves_everybody(cast: Cast) -> None:
    new = draft(cast)
    takes_part(cast, new, "Lucía Gil", lang="es")
    assert missing(new) == [("crisis", "es"), ("safeguarding", "es"), ("privacy", "es")]
    whom_to_ring(cast, "crisis", lang="es")
    whom_to_ring(cast, "safeguarding", lang="en")
    assert missing(new) == [("privacy", "es")]


def test_a_number_in_another_language_serves_only_who_speaks_it(cast: Cast) -> None:
    new = draft(cast)
    with writing():
        db.session.get_one(Organisation, 1).lang = "en"
    takes_part(cast, new, "Lucía Gil", lang="es")
    takes_part(cast, new, "Tom Reed", lang="en")
    whom_to_ring(cast, lang="es")
    assert missing(new) == [("crisis", "en"), ("safeguarding", "en"), ("privacy", "en")]


def test_a_number_of_one_site_does_not_serve_another(cast: Cast) -> None:
    new = draft(cast)
    _north, north_ward = site_with_unit("Northside")
    _south, south_ward = site_with_unit("Southside")
    takes_part(cast, new, "Nora North", unit=north_ward)
    whom_to_ring(cast, site="Northside")
    assert missing(new) == []
    takes_part(cast, new, "Sam South", unit=south_ward)
    assert missing(new) == [("crisis", "en"), ("safeguarding", "en"), ("privacy", "en")]
    whom_to_ring(cast, site="Southside")
    assert missing(new) == []


def test_whoever_starts_it_otherwise_is_told_what_is_missing(cast: Cast) -> None:
    new = draft(cast)
    with pytest.raises(CannotStart) as cannot, writing():
        start_programme(db.session.get_one(Person, cast.carol), db.session.get_one(Programme, new))
    assert [each.kind for each in cannot.value.missing] == ["crisis", "safeguarding", "privacy"]
    assert state(new) == "draft"


def test_ending_asks_first(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/end"
    assert "End this programme?" in browser.sign_in(cast.carol).get(path).text
    assert state(cast.programme) == "running"
    browser.fill_in(path, {}, action=path)
    assert state(cast.programme) == "ended"
    assert "Ended on Tue 10 March 2026" in browser.get("/programme").text
    assert "Make a pair" not in browser.get("/programme").text
