"""Who is above whom, and what the list says of a person."""

from __future__ import annotations

from datetime import date

from tests.staff.conftest import Desk, person, record
from webapp.database import db, writing
from webapp.people import Person
from webapp.staff import StaffRecord, assessor_of, reporting_chain, reports_of, staff_facts, trained_on

LIST = (
    "Staff number,Name,Line manager,Assessor,Unit,Second unit,Languages,Licence level,Engagement,Mentor training\n"
    "1,Ann Lee,,,,,,,,\n2,Ben Orr,1,,,,,,,\n"
    '3,Cy Fox,2,2,Ward 4,ICU,"Polish, English",RN,student,2026-01-02\n4,Di Ray,2,,,,,,,\n'
    "5,Ed Poe,9,,,,,,,\n"
)


def test_the_chain_goes_up_and_the_reports_go_down(desk: Desk) -> None:
    desk.apply(LIST)
    ann, ben, cy, di = (person(number).id for number in "1234")
    assert (reporting_chain(cy), reporting_chain(ann)) == ([ben, ann], [])
    assert (reports_of(ann), reports_of(ben), reports_of(cy)) == ({ben, cy, di}, {cy, di}, set())


def test_a_circle_that_came_about_otherwise_ends(desk: Desk) -> None:
    desk.apply(LIST)
    ann, ben, cy, di = (person(number).id for number in "1234")
    with writing():
        db.session.get_one(StaffRecord, ann).manager_id = cy
    assert reporting_chain(cy) == [ben, ann]
    assert reports_of(cy) == {ann, ben, di}


def test_the_facts_of_a_person(desk: Desk) -> None:
    desk.apply(LIST)
    cy, ed = person("3"), person("5")
    facts = staff_facts([cy.id, ed.id])
    assert facts[cy.id].units == (cy.unit_id, record("3").second_unit_id) and len(set(facts[cy.id].units)) == 2
    assert (facts[cy.id].languages, facts[cy.id].licence) == (("English", "Polish"), "RN")
    assert (facts[cy.id].engagement, facts[cy.id].trained_on) == ("student", date(2026, 1, 2))
    assert (facts[cy.id].assessor, assessor_of(cy.id), trained_on(cy.id)) == (person("2").id,) * 2 + (date(2026, 1, 2),)
    assert (facts[cy.id].manager_is_known, facts[ed.id].manager_is_known) == (True, False)


def test_who_never_came_by_a_list_has_a_unit_at_most(desk: Desk) -> None:
    mary = Person.by_identifier("mary@example.org")
    assert mary is not None
    facts = staff_facts([mary.id])[mary.id]
    assert (facts.units, facts.manager, facts.languages) == ((mary.unit_id,), None, ())
