"""One's own language and time, and the way to everything else."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from tests.client import Browser
from tests.page_linter import parse
from tests.people import Cast
from tests.people_room.conftest import load
from webapp.database import db, writing
from webapp.people import Person


def save(browser: Browser, **said: str):
    return browser.fill_in("/settings", said, action="/settings")


def test_language_and_time_are_ones_own(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    assert save(browser, lang="es", zone="America/Lima").location == "/settings"
    person = load(cast.mary)
    assert (person.lang, person.zone) == ("es", "America/Lima")
    assert '<html lang="es"' in browser.get("/settings").text


@pytest.mark.one_database
@pytest.mark.parametrize("wrong", [{"lang": "tlh"}, {"zone": "Mars/Olympus"}, {"zone": ""}])
def test_only_what_is_on_the_list_is_taken(browser: Browser, cast: Cast, wrong: dict[str, str]) -> None:
    browser.sign_in(cast.mary)
    response = save(browser, **wrong)
    assert response.status_code == 422
    assert "Choose one from the list." in response.text
    assert load(cast.mary).zone == "Europe/London"


def test_a_rare_zone_is_kept_when_something_else_is_saved(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).zone = "UTC"
    browser.sign_in(cast.mary)
    assert save(browser, lang="es").status_code == 303
    assert load(cast.mary).zone == "UTC"


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/quiet-hours", "/devices", "/continue", "/install", "/outbox", "/settings/password"])
def test_the_settings_lead_everywhere(browser: Browser, cast: Cast, path: str) -> None:
    assert f'href="{path}"' in browser.sign_in(cast.mary).get("/settings").text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("who", "sees"),
    [("mary", set()), ("carol", {"/people", "/people/invite"}), ("admin", {"/people", "/people/places"})],
)
def test_each_sees_what_their_role_opens(browser: Browser, cast: Cast, who: str, sees: set[str]) -> None:
    page = browser.sign_in(getattr(cast, who)).get("/settings").text
    for path in ("/people/invite", "/people/places"):
        assert (f'href="{path}"' in page) == (path in sees or who == "admin")


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/settings", "/settings/password", "/continue", "/people", "/people/places"])
def test_nobody_opens_them_without_signing_in(browser: Browser, cast: Cast, path: str) -> None:
    assert browser.get(path).location == f"/sign-in?next={path}"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_place_stands_once_on_the_list_of_time_zones(browser: Browser, cast: Cast, lang: str) -> None:
    """A city that was written otherwise before is the same city: Calcutta is Kolkata."""
    with writing():
        db.session.get_one(Person, cast.mary).lang = lang
    areas = [*parse(browser.sign_in(cast.mary).get("/settings").text).iter("optgroup")]
    places = [(area.get("label"), option.text) for area in areas for option in area.iter("option")]
    assert len(places) > 350
    assert len(set(places)) == len(places)
    offered = {option.get("value") for area in areas for option in area.iter("option")}
    assert "Asia/Kolkata" in offered and "Asia/Calcutta" not in offered
    assert offered <= available_timezones()
