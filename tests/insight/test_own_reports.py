"""A coordinator who is a manager as well finds none of her own reports by name; another coordinator does."""

from __future__ import annotations

from uuid import UUID

from tests.client import Browser
from tests.people import Cast
from tests.programmes.building import takes_part
from webapp.database import db, writing
from webapp.insight.places import places_of
from webapp.people import Person
from webapp.programmes import Enrolment, Programme
from webapp.staff import StaffRecord


def reports_to(below: UUID, above: UUID) -> None:
    with writing():
        db.session.add(StaffRecord(person_id=below, manager_id=above, languages=[]))


def test_they_are_not_in_her_lists_and_count_in_her_figures(cast: Cast, browser: Browser) -> None:
    nell = takes_part(cast, cast.programme, "Nell Green")
    addresses = [f"/programme/{cast.programme}/people", f"/programme/{cast.programme}/week"]
    browser.sign_in(cast.carol)
    assert ["Nell Green" in browser.get(address).text for address in addresses] == [True, True]
    reports_to(nell, cast.carol)
    assert ["Nell Green" in browser.get(address).text for address in addresses] == [False, False]
    carol, programme = db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme)
    assert places_of(programme, carol).waiting == 1


def test_she_opens_no_page_of_theirs(cast: Cast, browser: Browser) -> None:
    nell = takes_part(cast, cast.programme, "Nell Green")
    part = db.session.query(Enrolment).filter_by(person_id=nell).one()
    address = f"/programme/{cast.programme}/people/{part.id}"
    assert browser.sign_in(cast.carol).get(address).status_code == 200
    reports_to(nell, cast.carol)
    assert browser.get(address).status_code == 404
    assert browser.sign_in(cast.admin).get(address).status_code == 200
