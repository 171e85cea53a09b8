"""Taking the last import back: what it did is undone, what people did since stays, and it is said."""

from __future__ import annotations

from sqlalchemy import select

from tests.conftest import MovedClock
from tests.people import Cast
from tests.staff.conftest import HEADINGS, Desk, brought, how_many, person, record
from webapp.audit import AuditRow
from webapp.database import db, writing
from webapp.jobs import Job
from webapp.people import Person, renew_invitation
from webapp.programmes import ProgrammeCoordinator
from webapp.staff import StaffRecord

LIST = f"{HEADINGS}\n100,Dora Hale,dora@example.net,North site,Ward 4,,\n101,Emil Brook,,North site,Ward 7,mentor,100\n"


def everybody() -> dict[str, tuple[object, ...]]:
    db.session.rollback()
    db.session.expire_all()
    people = db.session.scalars(select(Person)).all()
    records = {
        row.person_id: (row.manager_id, row.licence, row.left_on) for row in db.session.scalars(select(StaffRecord))
    }
    return {
        str(one.id): (one.name, one.email, one.staff_number, one.unit_id, one.roles, records.get(one.id))
        for one in people
    }


def test_an_undone_import_leaves_no_trace_of_itself(desk: Desk, cast: Cast) -> None:
    desk.apply(LIST)
    before = everybody()
    changed = (
        LIST.replace("Emil Brook", "Emil Brooke").replace("mentor,100", "mentee,") + "102,Fay Lund,,,,mentee,101\n"
    )
    desk.apply(changed + "M1,Mary Okafor,mary@example.org,,,,100\n")
    assert everybody() != before
    desk.press("undo")
    assert everybody() == before
    assert brought(desk.import_id).undone_at is not None


def test_leavers_are_back(desk: Desk) -> None:
    desk.apply(LIST)
    desk.bring(LIST.replace("100,Dora", "103,Dora").replace("dora@", "other@"), everybody=True)
    desk.press(sure="yes")
    assert record("100").left_on is not None
    desk.press("undo")
    assert record("100").left_on is None


def test_what_somebody_changed_since_stays(desk: Desk) -> None:
    desk.apply(LIST)
    desk.apply(LIST.replace("Emil Brook", "Emil Brooke").replace("Dora Hale", "Dora Hales"))
    emil = person("101").id
    with writing():
        db.session.get_one(Person, emil).name = "Emil Brooks"
    desk.press("undo")
    assert (person("101").name, person("100").name) == ("Emil Brooks", "Dora Hale")
    assert result() == {"brought": desk.import_id, "removed": 0, "stay": 0, "kept": 1}


def test_people_with_whom_something_was_done_stay(desk: Desk, cast: Cast) -> None:
    before = how_many()
    desk.apply(LIST)
    dora, emil = person("100").id, person("101").id
    with writing():
        db.session.add(ProgrammeCoordinator(programme_id=cast.programme, person_id=dora))
        renew_invitation(None, db.session.get_one(Person, emil))
    desk.press("undo")
    assert how_many() == before + 1
    assert person("100").name == "Dora Hale"
    assert (result()["removed"], result()["stay"]) == (1, 1)


def test_only_the_last_import_is_undone_and_only_once(desk: Desk, clock: MovedClock) -> None:
    desk.apply(LIST)
    first = desk.import_id
    clock.move(minutes=1)
    desk.apply(f"{HEADINGS}\n102,Fay Lund,,,,,\n")
    second, desk.import_id = desk.import_id, first
    assert "Undo this import" not in desk.look()
    desk.import_id = second
    desk.press("undo")
    assert "This import was undone." in desk.look() and "Undo this import" not in desk.look()
    desk.import_id = first
    assert "Undo this import" in desk.look()


def test_a_role_that_was_lost_again_ends_the_sign_ins(desk: Desk, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.mary).staff_number = "M1"
    desk.apply("Staff number,Role\nM1,mentor\n")
    assert person("M1").roles == {"mentee", "mentor"}
    desk.press("undo")
    assert person("M1").roles == {"mentee"}
    assert db.session.scalars(select(AuditRow).where(AuditRow.event == "people.roles_changed")).all()


def result() -> dict[str, object]:
    last = db.session.scalars(select(Job).where(Job.kind == "staff_undo").order_by(Job.id.desc())).first()
    assert last is not None and last.result is not None, last and last.reason
    return last.result
