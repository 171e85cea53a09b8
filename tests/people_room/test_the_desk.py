"""People as an administrator keeps them and as a coordinator sees them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.people import Cast
from tests.people_room.conftest import is_signed_in, load, open_sign_ins, sign_in, token_on
from webapp.audit import AuditRow
from webapp.clock import now
from webapp.database import db, writing
from webapp.people import NotAllowed, Person, Site, Unit, close_account

DETAILS = {"name": "Mary Okafor", "email": "mary@example.org", "staff_number": "", "roles": ["mentee"], "unit": ""}


def change(browser: Browser, person_id: object, **other: object):
    return browser.fill_in(f"/people/{person_id}", DETAILS | other, action=f"/people/{person_id}")


def press(browser: Browser, person_id: object, what: str):
    """A button on the page of a person."""
    return browser.fill_in(f"/people/{person_id}", {}, action=f"/people/{person_id}/{what}")


def events() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(select(AuditRow.event).order_by(AuditRow.id)))


@pytest.mark.one_database
def test_an_administrator_sees_everybody(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.admin).get("/people").text
    assert all(name in page for name in ("Mary Okafor", "Ana Ruiz", "Carol Jones", "Charlie Doe", "Ada Smith"))
    assert "Mentee, Ward 4, joined" in page


def test_a_coordinator_sees_mentees_and_mentors_only(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.carol).get("/people").text
    assert "Mary Okafor" in page
    assert "Ada Smith" not in page
    assert browser.get(f"/people/{cast.mary}").status_code == 200
    assert browser.get(f"/people/{cast.admin}").status_code == 404
    assert browser.get(f"/people/{cast.carol}").status_code == 404


@pytest.mark.one_database
def test_a_coordinator_changes_nobody(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.carol)
    assert "Close this account" not in browser.get(f"/people/{cast.mary}").text
    for what in ("", "/close", "/open", "/reset"):
        assert browser.post(f"/people/{cast.mary}{what}", DETAILS).status_code == 404


@pytest.mark.parametrize("who", ["mary", "ana", "charlie"])
def test_nobody_else_finds_these_pages(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who))
    for path in ("/people", f"/people/{cast.mary}", f"/people/{getattr(cast, who)}", "/people/places"):
        assert browser.get(path).status_code == 404
    for path in ("close", "open", "reset", "invitation"):
        assert browser.post(f"/people/{cast.ana}/{path}").status_code == 404
    assert load(cast.ana).closed_at is None


@pytest.mark.parametrize(
    ("search", "found"),
    [("oka", True), ("MARY@", True), ("rn-7", True), ("ruiz", False), ("%", False), ("_ary", False), ("", True)],
)
def test_the_search_finds_parts_of_names_and_numbers(browser: Browser, cast: Cast, search: str, found: bool) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).staff_number = "RN-7"
    page = browser.sign_in(cast.admin).get("/people", query_string={"q": search}).text
    assert (f"/people/{cast.mary}" in page) == found


def test_an_administrator_corrects_a_person(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    unit = str(load(cast.ana).unit_id)
    response = change(browser, cast.mary, name="Mary Obi", email="Obi@example.org", staff_number="rn-1", unit=unit)
    assert response.status_code == 303
    mary = load(cast.mary)
    assert (mary.name, mary.email, mary.staff_number, str(mary.unit_id)) == (
        "Mary Obi",
        "obi@example.org",
        "RN-1",
        unit,
    )


def test_the_same_e_mail_cannot_be_given_twice(browser: Browser, cast: Cast) -> None:
    response = change(browser.sign_in(cast.admin), cast.mary, email="ANA@example.org")
    assert response.status_code == 422
    assert "Somebody here has this already." in response.text
    assert load(cast.mary).email == "mary@example.org"


def test_other_roles_sign_a_person_out(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(other)
    browser.sign_in(cast.admin)
    assert change(browser, cast.mary).status_code == 303
    assert is_signed_in(other), "the same roles as before"
    change(browser, cast.mary, roles=["mentee", "mentor"])
    assert load(cast.mary).roles == {"mentee", "mentor"}
    assert not is_signed_in(other)
    assert "people.roles_changed" in events()


@pytest.mark.one_database
def test_the_last_administrator_stays_one(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    response = change(browser, cast.admin, name="Ada Smith", email="ada@example.org", roles=["mentor"])
    assert response.status_code == 422
    assert "There must be one administrator." in response.text
    assert load(cast.admin).roles == {"administrator"}


@pytest.mark.one_database
def test_one_of_two_administrators_may_stop(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.carol).give_roles({"administrator"})
    browser.sign_in(cast.admin)
    change(browser, cast.admin, name="Ada Smith", email="ada@example.org", roles=["mentor"])
    assert load(cast.admin).roles == {"mentor"}


def test_an_administrator_who_never_joined_does_not_count(cast: Cast) -> None:
    with writing():
        carol = db.session.get_one(Person, cast.carol)
        carol.give_roles({"administrator"})
        carol.joined_at = None
    with pytest.raises(NotAllowed), writing():
        close_account(db.session.get_one(Person, cast.carol), db.session.get_one(Person, cast.admin))


def test_closing_an_account_ends_everything_at_once(browser: Browser, cast: Cast, other: Browser) -> None:
    sign_in(other)
    browser.sign_in(cast.admin)
    press(browser, cast.mary, "close")
    assert not is_signed_in(other)
    assert open_sign_ins(cast.mary) == []
    assert sign_in(other).status_code == 422
    assert "people.account_closed" in events()
    assert "This account was closed on" in browser.get(f"/people/{cast.mary}").text


def test_an_account_opens_again_as_it_was(browser: Browser, cast: Cast, other: Browser) -> None:
    browser.sign_in(cast.admin)
    press(browser, cast.mary, "close")
    press(browser, cast.mary, "open")
    assert load(cast.mary).roles == {"mentee"}
    assert sign_in(other).status_code == 303


def test_nobody_closes_their_own_account(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    assert "Close this account" not in browser.get(f"/people/{cast.admin}").text
    with pytest.raises(NotAllowed, match="yourself"), writing():
        admin = db.session.get_one(Person, cast.admin)
        close_account(admin, admin)
    assert load(cast.admin).closed_at is None


@pytest.mark.one_database
def test_a_button_without_its_token_does_nothing(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    for what in ("close", "reset", "invitation"):
        assert browser.post(f"/people/{cast.mary}/{what}").status_code == 303
    assert load(cast.mary).closed_at is None


@pytest.mark.one_database
def test_a_person_who_does_not_exist_is_not_found(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    assert browser.get("/people/00000000-0000-0000-0000-000000000000").status_code == 404
    assert browser.get("/people/x").status_code == 404


def test_sites_and_units_are_added_renamed_and_removed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    browser.fill_in("/people/places/new", {"name": "South site", "zone": "Europe/Madrid"})
    south = db.session.scalars(select(Site).where(Site.name == "South site")).one()
    assert south.zone == "Europe/Madrid"
    browser.fill_in(f"/people/places/{south.id}/units/new", {"name": "Maternity"})
    unit = db.session.scalars(select(Unit).where(Unit.name == "Maternity")).one()
    assert unit.site_id == south.id
    browser.fill_in(f"/people/units/{unit.id}", {"name": "Birth"}, action="")
    browser.fill_in(f"/people/places/{south.id}", {"name": "Harbour site", "zone": "Europe/Madrid"})
    page = browser.get("/people/places").text
    assert "Birth" in page
    assert "Harbour site" in page
    browser.fill_in(f"/people/units/{unit.id}", {}, action=f"/people/units/{unit.id}/remove")
    assert "Birth" not in browser.get("/people/places").text


def test_a_unit_with_people_stays(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    unit = load(cast.mary).unit_id
    page = browser.get(f"/people/units/{unit}")
    assert "Remove the unit" not in page.text
    browser.post(f"/people/units/{unit}/remove", token_on(browser))
    assert load(cast.mary).unit_id == unit


def test_a_name_stands_once(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.admin)
    response = browser.fill_in("/people/places/new", {"name": "north SITE", "zone": "Europe/London"})
    assert response.status_code == 422
    site = load(cast.mary).unit.site_id
    response = browser.fill_in(f"/people/places/{site}/units/new", {"name": "ward 4"})
    assert response.status_code == 422
    assert "Somebody here" not in response.text
    assert "There is one with this name already." in response.text


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["mary", "ana", "carol", "charlie"])
def test_only_administrators_keep_the_places(browser: Browser, cast: Cast, who: str) -> None:
    unit = load(cast.mary).unit
    browser.sign_in(getattr(cast, who))
    for path in ("", "/new", f"/{unit.site_id}", f"/{unit.site_id}/units/new"):
        assert browser.get(f"/people/places{path}").status_code == 404
    assert browser.get(f"/people/units/{unit.id}").status_code == 404
    assert browser.post(f"/people/units/{unit.id}/remove").status_code == 404


@pytest.mark.one_database
def test_closing_is_seen_at_the_very_next_request(browser: Browser, cast: Cast) -> None:
    sign_in(browser)
    with writing():
        db.session.get_one(Person, cast.mary).closed_at = now()
    assert not is_signed_in(browser)
