"""Taking people into a programme, alone or by unit, and letting them leave."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.client import Browser
from tests.people import Cast, person
from tests.programmes.building import site_with_unit, takes_part
from webapp.database import db, writing
from webapp.pairings import Pairing
from webapp.people import Unit
from webapp.programmes import Cohort, Enrolment, Programme, enrolled_in, enrolments_of


def path(cast: Cast, more: str = "people") -> str:
    return f"/programme/{cast.programme}/{more}"


def taking_part(cast: Cast) -> set[tuple[str, str]]:
    db.session.rollback()
    standing = enrolled_in(db.session.get_one(Programme, cast.programme))
    return {(each.person.first_name, each.role) for each in standing}


def the_part(person_id: UUID) -> Enrolment:
    db.session.rollback()
    return db.session.query(Enrolment).filter_by(person_id=person_id).one()


def test_one_person_is_taken_in_once(cast: Cast, browser: Browser) -> None:
    form = {"role": "mentor", "who": f"person:{cast.ana}"}
    browser.sign_in(cast.carol)
    for _ in range(2):
        assert browser.fill_in(path(cast), form, action=path(cast)).status_code == 303
    assert taking_part(cast) == {("Ana", "mentor")}
    assert (the_part(cast.ana).capacity, the_part(cast.ana).enrolled_by_id) == (1, cast.carol)
    assert [each.programme_id for each in enrolments_of(the_part(cast.ana).person)] == [cast.programme]


def test_a_whole_unit_is_taken_in(cast: Cast, browser: Browser) -> None:
    with writing():
        ward = db.session.query(Unit).one()
        person("Nora New", {"mentee"}, ward, joined=False)
        unit = ward.id
    browser.sign_in(cast.carol).fill_in(path(cast), {"role": "mentee", "who": f"unit:{unit}"}, action=path(cast))
    assert taking_part(cast) == {("Mary", "mentee"), ("Nora", "mentee")}
    assert "not joined yet" in browser.get(path(cast)).text


def test_everybody_with_the_role_is_taken_in(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.carol).fill_in(path(cast), {"role": "mentor", "who": "all"}, action=path(cast))
    assert answer.status_code == 303
    assert taking_part(cast) == {("Ana", "mentor"), ("Charlie", "mentor")}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"role": "mentor", "who": "person:{mary}"}, "Nobody there has this role."),
        ({"role": "mentor"}, "Choose somebody."),
        ({"who": "all"}, "Choose mentee or mentor."),
        ({"role": "mentor", "who": "person:{carol}"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said(cast: Cast, browser: Browser, form: dict[str, str], complaint: str) -> None:
    said: dict[str, object] = {name: value.format(mary=cast.mary, carol=cast.carol) for name, value in form.items()}
    answer = browser.sign_in(cast.carol).fill_in(path(cast), said, action=path(cast))
    assert answer.status_code == 422
    assert complaint in answer.text
    assert taking_part(cast) == set()


def test_a_mentor_has_time_for_so_many(cast: Cast, browser: Browser) -> None:
    takes_part(cast, cast.programme, "Mo Mentor", role="mentor")
    part = db.session.query(Enrolment).one()
    one = path(cast, f"people/{part.id}")
    browser.sign_in(cast.carol)
    assert browser.fill_in(one, {"capacity": "6"}, action=one).status_code == 422
    assert browser.fill_in(one, {"capacity": "3"}, action=one).status_code == 303
    assert the_part(part.person_id).capacity == 3
    assert "time for 3" in browser.get(path(cast)).text


def test_leaving_keeps_the_pair(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.carol)
    browser.fill_in(path(cast), {"role": "mentee", "who": f"person:{cast.mary}"}, action=path(cast))
    one = path(cast, f"people/{the_part(cast.mary).id}")
    browser.fill_in(one, {}, action=f"{one}/leave")
    assert taking_part(cast) == set()
    assert db.session.get_one(Pairing, cast.pairing).ended_at is None
    browser.fill_in(path(cast), {"role": "mentee", "who": f"person:{cast.mary}"}, action=path(cast))
    assert taking_part(cast) == {("Mary", "mentee")}


def test_cohorts_come_and_go_without_their_people(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.carol)
    form = {"name": "March intake", "starts_on": "2026-03-02", "ends_on": "2026-09-01"}
    late = {**form, "ends_on": "2026-03-01"}
    assert browser.fill_in(path(cast, "cohorts"), late, action=path(cast, "cohorts")).status_code == 422
    browser.fill_in(path(cast, "cohorts"), form, action=path(cast, "cohorts"))
    cohort = db.session.query(Cohort).one().id
    said = {"role": "mentee", "who": f"person:{cast.mary}", "cohort": str(cohort)}
    browser.fill_in(path(cast), said, action=path(cast))
    assert the_part(cast.mary).cohort_id == cohort
    browser.fill_in(path(cast, "cohorts"), {}, action=path(cast, f"cohorts/{cohort}/remove"))
    assert the_part(cast.mary).cohort_id is None
    assert taking_part(cast) == {("Mary", "mentee")}


def test_who_coordinates_one_site_takes_in_and_finds_people_of_it(cast: Cast, browser: Browser) -> None:
    site, unit = site_with_unit("Southside")
    south = takes_part(cast, cast.programme, "Susan South", unit=unit)
    browser.sign_in(cast.carol)
    browser.fill_in(path(cast), {"role": "mentee", "who": f"person:{cast.mary}"}, action=path(cast))
    scopes = path(cast, "coordinators")
    browser.fill_in(scopes, {"scopes": [f"{cast.carol}:{site}"]}, action=scopes)
    page = browser.get(path(cast)).text
    assert "Susan South" in page
    assert "Mary Okafor" not in page
    assert browser.get(path(cast, f"people/{the_part(south).id}")).status_code == 200
    assert browser.get(path(cast, f"people/{the_part(cast.mary).id}")).status_code == 404
