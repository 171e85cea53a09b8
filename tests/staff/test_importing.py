"""Bringing a list, looking at it, carrying it out: what is said before is what happens, all of it or nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.page_linter import forms_of
from tests.people import Cast
from tests.staff.conftest import HEADINGS, Desk, brought, how_many, person, record, work
from webapp.audit import AuditRow
from webapp.clock import now
from webapp.database import db, writing
from webapp.jobs import Job
from webapp.people import Person, Unit, close_account
from webapp.staff import applying
from webapp.staff.importing import plan_of
from webapp.staff.models import StaffImport
from webapp.staff.plan import Plan

LIST = f"""{HEADINGS}
100,Dora Hale,dora@example.net,North site,Ward 4,,
101,Emil Brook,emil@example.net,North site,Ward 7,mentor,100
102,Fay Lund,fay@example.net,South site,Ward 1,mentee,emil@example.net
"""


def plan(desk: Desk) -> Plan:
    return plan_of(brought(desk.import_id))[0]


def test_a_list_is_looked_at_before_anything_happens(desk: Desk) -> None:
    before = how_many()
    assert desk.bring(LIST).status_code == 303
    page = desk.look()
    assert "Dora Hale" in page and "Ward 7 (North site)" in page and "Ward 1 (South site)" in page
    assert how_many() == before
    desk.press()
    assert how_many() == before + 3
    assert brought(desk.import_id).counts == {"added": 3, "changed": 0, "left": 0, "same": 0, "bad": 0}


def test_people_places_roles_and_managers_are_as_the_list_says(desk: Desk) -> None:
    desk.apply(LIST)
    emil, fay = person("101"), person("102")
    assert (emil.name, emil.email, emil.unit and emil.unit.name) == ("Emil Brook", "emil@example.net", "Ward 7")
    assert (emil.roles, fay.roles, person("100").roles) == ({"mentor"}, {"mentee"}, set())
    assert record("101").manager_id == person("100").id
    assert record("102").manager_id == emil.id
    assert fay.unit and fay.unit.site.name == "South site"
    assert (fay.password_hash, fay.joined_at) == (None, None)
    assert len(db.session.scalars(select(Unit).where(Unit.name == "Ward 4")).all()) == 1


def test_every_field_is_kept(desk: Desk) -> None:
    desk.apply(
        "Staff number;Name;Licence level;Assessor;Languages;Start date;Employer;Engagement;Engagement ends;"
        "Second unit;Site;Unit;Mentor training;On leave until\n"
        "100;Dora Hale;RN;101;English, Polish;13/02/2026;Lantern;agency;2027-03-31;ICU;North site;Ward 4;"
        "2026-01-15;2026-04-01\n101;Emil Brook;;;;;;;;;;;;\n"
    )
    row = record("100")
    assert (row.licence, row.employer, row.engagement) == ("RN", "Lantern", "agency")
    assert (row.assessor_id, row.languages) == (person("101").id, ["English", "Polish"])
    assert (row.starts_on, row.ends_on) == (date(2026, 2, 13), date(2027, 3, 31))
    assert (row.trained_on, row.leave_until) == (date(2026, 1, 15), date(2026, 4, 1))
    assert db.session.get_one(Unit, row.second_unit_id).name == "ICU"


def test_the_same_list_again_changes_nothing(desk: Desk) -> None:
    desk.apply(LIST)
    desk.bring(LIST, everybody=True)
    assert "Nothing would change." in desk.look()
    assert plan(desk).counts == {"added": 0, "changed": 0, "left": 0, "same": 3, "bad": 0}


def test_a_column_that_is_not_there_changes_nothing(desk: Desk) -> None:
    desk.apply(LIST)
    desk.apply("Staff number,Mentor training\n101,2026-02-01\n")
    assert (record("101").trained_on, record("101").manager_id) == (date(2026, 2, 1), person("100").id)
    assert (person("101").name, person("101").roles) == ("Emil Brook", {"mentor"})


def test_an_empty_cell_empties(desk: Desk) -> None:
    desk.apply(LIST)
    desk.apply("Staff number,Line manager,Unit\n101,,\n")
    assert (record("101").manager_id, person("101").unit_id) == (None, None)


def test_somebody_invited_by_hand_is_found_by_their_email(desk: Desk, cast: Cast) -> None:
    before = how_many()
    desk.apply("Staff number,Name,E-mail\nM1,Mary Okafor-Bell,MARY@example.org\n")
    mary = person("M1")
    assert (mary.id, mary.name, how_many()) == (cast.mary, "Mary Okafor-Bell", before)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (",Nobody,,,,,", "There is no staff number."),
        ("7,,,,,,", "There is no name, and nobody here has the staff number 7."),
        ("7,A,not-an-email,,,,", "This is not a whole e-mail: not-an-email"),
        ("7,A,x@y.org,,,,\n8,B,X@y.org,,,,", "Another line has the same e-mail: x@y.org"),
        ("7,A,,,,,\n7,B,,,,,", "Another line has the same staff number: 7"),
        ("7,A,,,,administrator,", "Write mentee or mentor here, not administrator"),
        ("7,A,,Nowhere,,,,extra", "This line has more cells than there are headings."),
        (f"7,{'x' * 130},,,,,", "This is too long"),
    ],
)
def test_a_bad_line_says_why_and_the_others_go_on(desk: Desk, lines: str, why: str) -> None:
    desk.bring(f"{HEADINGS}\n{lines}\n99,Good One,,,,,\n")
    assert why in desk.look()
    desk.press()
    assert person("99").name == "Good One"
    assert why in desk.browser.get(f"/staff/imports/{desk.import_id}/left-out.csv").text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("Start date", "2026-02-30", "This is not a date: 2026-02-30"),
        ("Start date", "next week", "This is not a date: next week"),
        ("Engagement", "pirate", "Write staff, student, agency or bank here, not pirate"),
        ("Unit", "Ward 99", "Which site is this unit on? Ward 99"),
    ],
)
def test_a_bad_value_says_why(desk: Desk, heading: str, cell: str, why: str) -> None:
    desk.apply(f"{HEADINGS}\n1,One,,Second site,Ward 5,,\n")  # two sites: a unit alone does not say which
    desk.bring(f"Staff number,Name,{heading}\n5,Five,{cell}\n")
    assert why in desk.look()


def test_an_email_of_somebody_else_is_not_taken_over(desk: Desk) -> None:
    desk.apply(LIST)
    desk.bring("Staff number,Name,E-mail\n200,Gil Moss,emil@example.net\n")
    assert "Somebody with another staff number has this already" in desk.look()


def test_an_account_keeps_its_email_and_a_desk_its_roles(desk: Desk, cast: Cast) -> None:
    with writing():
        for number, who in (("C1", cast.carol), ("A1", cast.ana)):
            db.session.get_one(Person, who).staff_number = number
    desk.bring(
        "Staff number,Name,E-mail,Role\nC1,Carol Jones,thief@example.org,mentor\nA1,Ana Ruiz,thief2@example.org,\n"
    )
    page = desk.look()
    assert "so their e-mail stays" in page and "Their roles stay as they are." in page
    desk.press()
    assert (person("C1").email, person("C1").roles) == ("carol@example.org", {"coordinator"})
    assert person("A1").email == "ana@example.org"


def test_a_closed_account_is_left_alone(desk: Desk, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).staff_number = "M1"
        close_account(db.session.get_one(Person, cast.admin), db.session.get_one(Person, cast.mary))
    desk.bring("Staff number,Name\nM1,Mary Okafor\n")
    assert "The account of this person is closed." in desk.look()


def test_managers_who_are_unknown_away_or_in_a_circle_are_said(desk: Desk) -> None:
    desk.bring(
        "Staff number,Name,Line manager,On leave until\n1,Ann Lee,2,\n2,Ben Orr,3,\n3,Cy Fox,1,\n"
        "4,Di Ray,nobody@example.net,\n5,Ed Poe,6,\n6,Flo Kim,,2026-06-01\n7,Gus Hay,7,\n"
    )
    page = desk.look()
    assert "so it is not checked for them. (1)" in page and "Di Ray → nobody@example.net" in page
    assert "report to each other in a circle, so none of them is taken. (4)" in page
    assert "The line manager is on leave. (1)" in page and "Ed Poe → Flo Kim" in page
    desk.press()
    assert [record(number).manager_id for number in "1237"] == [None] * 4
    assert (record("4").manager_id, record("4").manager_named) == (None, "nobody@example.net")
    assert record("5").manager_id == person("6").id


def test_a_manager_who_comes_with_a_later_list_is_found_then(desk: Desk) -> None:
    first = "Staff number,Name,Line manager\n1,Ann Lee,2\n"
    desk.apply(first)
    assert record("1").manager_named == "2"
    desk.apply(first + "2,Ben Orr,\n")
    assert (record("1").manager_id, record("1").manager_named) == (person("2").id, None)


def test_a_circle_over_two_lists_is_seen(desk: Desk) -> None:
    desk.apply("Staff number,Name,Line manager\n1,Ann Lee,2\n2,Ben Orr,\n")
    desk.bring("Staff number,Line manager\n2,1\n")
    assert "in a circle" in desk.look()


def test_dates_that_can_be_read_in_two_ways_are_said_and_can_be_put_right(desk: Desk) -> None:
    desk.bring("Staff number,Name,Start date\n1,Ann Lee,03/04/2026\n")
    assert "can be read in two ways" in desk.look()
    home = f"/staff/imports/{desk.import_id}"
    desk.browser.fill_in(f"{home}/columns", {"order": "month"}, action=f"{home}/columns")
    assert "can be read in two ways" not in desk.look()
    desk.press()
    assert record("1").starts_on == date(2026, 3, 4)


def test_one_date_proves_the_order_of_the_others(desk: Desk) -> None:
    desk.apply("Staff number,Name,Start date\n1,Ann Lee,03/04/2026\n2,Ben Orr,04/25/2026\n")
    assert record("1").starts_on == date(2026, 3, 4)


def many(count: int, without: int = 0) -> str:
    lines = [f"{number},Person {number}" for number in range(count - without)]
    return "Staff number,Name\n" + "\n".join(lines) + "\n"


def test_leavers_are_flagged_and_never_deleted(desk: Desk) -> None:
    desk.apply(many(100))
    before = how_many()
    desk.apply(many(100, without=5), everybody=True)
    assert how_many() == before
    assert (record("99").left_on, record("94").left_on) == (date(2026, 3, 10), None)
    desk.apply(many(100), everybody=True)
    assert record("99").left_on is None


def test_a_list_of_some_flags_nobody_nor_does_a_line_that_cannot_be_read(desk: Desk, cast: Cast) -> None:
    desk.apply(many(3))
    desk.bring("Staff number,Name\n0,Person 0\n", everybody=False)
    assert plan(desk).counts["left"] == 0
    desk.bring("Staff number,Name,Start date\n0,A,\n1,B,never\n2,C,\n", everybody=True)
    assert (plan(desk).counts["left"], plan(desk).counts["bad"]) == (0, 1)


def test_who_was_invited_by_hand_is_not_flagged(desk: Desk) -> None:
    desk.apply(many(3), everybody=True)
    assert plan_of(brought(desk.import_id))[0].counts["left"] == 0


def test_when_many_would_leave_it_asks_twice(desk: Desk) -> None:
    desk.apply(many(100))
    desk.bring(many(100, without=6), everybody=True)
    answer = desk.press()
    assert answer.status_code == 422
    assert "6 of 100 people would be flagged as having left. Is that right?" in answer.text
    assert brought(desk.import_id).applied_at is None
    desk.press(sure="yes")
    assert record("99").left_on is not None


@pytest.mark.one_database
def test_a_manager_who_leaves_is_said(desk: Desk) -> None:
    desk.apply("Staff number,Name,Line manager\n1,Ann Lee,2\n2,Ben Orr,\n")
    desk.bring("Staff number,Name\n1,Ann Lee\n", everybody=True)
    assert "The line manager would be flagged as having left. (1)" in desk.look()


def test_what_changed_since_it_was_looked_at_is_not_carried_out(desk: Desk) -> None:
    desk.bring(LIST)
    first = desk.import_id
    digest = plan(desk).digest
    desk.apply("Staff number,Name\n102,Somebody Else\n")
    desk.import_id = first
    before = how_many()
    answer = desk.press(digest=digest)
    assert answer.status_code == 303 and "/jobs/" not in answer.headers["Location"]
    assert how_many() == before
    assert "Something changed while you were looking." in desk.look()


def test_what_changed_while_it_waited_is_not_carried_out(desk: Desk) -> None:
    desk.bring(LIST)
    home = f"/staff/imports/{desk.import_id}"
    location = desk.browser.fill_in(home, {}, action=f"{home}/apply").headers["Location"]
    with writing():
        db.session.add(Person(name="X", staff_number="101", invited_at=now()))
    before = how_many()
    work()
    assert "Something changed while you were looking. Nothing was imported." in desk.browser.get(location).text
    assert how_many() == before


def test_what_changed_between_the_plan_and_the_writing_is_not_carried_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planned_and_then_somebody_else_writes(of: StaffImport) -> object:
        planned = plan_of(of)
        db.session.rollback()
        with writing():
            db.session.add(Person(name="X", staff_number="101", invited_at=now()))
        return planned

    desk.bring(LIST)
    before = how_many()
    home = f"/staff/imports/{desk.import_id}"
    desk.browser.fill_in(home, {}, action=f"{home}/apply")
    monkeypatch.setattr(applying, "plan_of", planned_and_then_somebody_else_writes)
    work()
    assert how_many() == before + 1
    assert db.session.scalars(select(Job.reason)).all() == ["changed_meanwhile"]


def test_columns_are_said_once_and_remembered(desk: Desk) -> None:
    odd = "Ref,Who,Boss\n1,Ann Lee,2\n2,Ben Orr,\n"
    assert desk.bring(odd).headers["Location"].endswith("/columns")
    home = f"/staff/imports/{desk.import_id}"
    wrong = desk.browser.fill_in(f"{home}/columns", {"column_0": "name", "column_1": "name"}, action=f"{home}/columns")
    assert wrong.status_code == 422 and "Two columns cannot both be: Name" in wrong.text
    said = {"column_0": "staff_number", "column_1": "name", "column_2": "manager"}
    desk.browser.fill_in(f"{home}/columns", said, action=f"{home}/columns")
    desk.press()
    assert record("1").manager_id == person("2").id
    assert not desk.bring(odd).headers["Location"].endswith("/columns")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "This is a spreadsheet."),
        (b"", "There is nothing in this file."),
        (b"a,b\n" + b"1,2\n" * 100_000, "This file has 100,000 rows."),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(desk: Desk, data: bytes, why: str) -> None:
    answer = desk.bring(data)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_file_that_is_too_large_is_not_even_read(desk: Desk) -> None:
    answer = desk.browser.client.post(
        "/staff/import",
        input_stream=BytesIO(b""),
        environ_overrides={"CONTENT_LENGTH": str(9 * 1024 * 1024)},
        content_type="multipart/form-data; boundary=x",
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 422 and "larger than 8 MB" in answer.text


def test_everything_is_in_the_audit(desk: Desk, cast: Cast) -> None:
    desk.apply(LIST)
    desk.apply("Staff number,Name\n101,Emil Brooke\n")
    rows = db.session.scalars(select(AuditRow).where(AuditRow.event.like("staff.person_%"))).all()
    assert {row.actor_id for row in rows} == {cast.admin}
    changed = [row.facts for row in rows if row.event == "staff.person_changed"]
    assert changed == [{"changed": "name", "new_roles": None}]
    assert len([row for row in rows if row.event == "staff.person_added"]) == 3


def test_a_coordinator_imports_once_an_administrator_allows_it(desk: Desk, cast: Cast) -> None:
    carol = Browser(desk.browser.app).sign_in(cast.carol)
    assert carol.get("/staff").status_code == 404
    desk.browser.fill_in("/staff/importers", {"people": str(cast.carol)}, action="/staff/importers")
    assert carol.get("/staff").status_code == 200
    assert carol.get("/staff/importers").status_code == 404
    values = dict(forms_of(desk.browser.get("/staff/importers").text)[0].values)
    values.pop("people")
    desk.browser.post("/staff/importers", values)
    assert carol.get("/staff").status_code == 404


def test_the_invented_list_goes_in_without_a_bad_line(desk: Desk) -> None:
    sample = desk.browser.client.get("/staff/sample.csv").data
    desk.bring(sample, everybody=True)
    counts = plan(desk).counts
    assert (counts["added"], counts["bad"], plan(desk).notes) == (240, 0, {})
    desk.press()
    assert "takes nobody into a programme. Do both next." in desk.look()
    assert sum(1 for each in db.session.scalars(select(Person)) if each.staff_number) == 240


def test_the_empty_list_is_understood_in_every_language(desk: Desk, cast: Cast) -> None:
    for lang in ("en", "es"):
        with writing():
            db.session.get_one(Person, cast.admin).lang = lang
        headings = desk.browser.client.get("/staff/template.csv").data.decode("utf-8-sig").strip()
        desk.bring(f"{headings}\nL-{lang},Somebody New\n")
        assert len(brought(desk.import_id).columns) == len(headings.split(",")), headings
