"""Taking the last import back: what it changed becomes what it was, but for what somebody changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import delete, select

from webapp import audit
from webapp.clock import now
from webapp.database import Model, db
from webapp.jobs import Failed, Run
from webapp.people import Person, change_people, change_roles, remove_people
from webapp.staff.applying import change_records
from webapp.staff.directory import OF_PERSON, OF_RECORD, Directory, Known, read_directory
from webapp.staff.importing import is_last
from webapp.staff.listeners import list_changed
from webapp.staff.models import StaffImport, StaffRecord

UNDO = "staff_undo"
IDS = frozenset({"unit_id", "second_unit_id", "manager_id", "assessor_id"})
DATES = frozenset({"starts_on", "ends_on", "trained_on", "leave_until", "left_on"})
GO_WITH_A_PERSON = frozenset({"person_role", "staff_record", "invitation"})


class UndoArguments(BaseModel):
    """Which import."""

    brought: UUID


def take_back(run: Run, arguments: UndoArguments) -> None:
    """The job. People whom the import added go, unless something was done with them; then they stay, and it says so."""
    run.say("comparing", 0, 2)
    with run.finishing() as result:
        brought = db.session.get(StaffImport, arguments.brought, populate_existing=True)
        if brought is None or not brought.can_be_undone or not is_last(brought):
            raise Failed("cannot_undo")
        here, changes = read_directory(), brought.changes_to_undo
        added = {UUID(change["person"]) for change in changes if change["kind"] == "added"} & here.people.keys()
        stay = _spoken_of(added) | {each for each in added if here.people[each].has_account}
        changed = [change for change in changes if UUID(change["person"]) not in added]
        kept = _put_back(changed, here)
        _take_roles_back(changed, run.asked_by, here)
        remove_people(added - stay)
        list_changed()
        brought.undone_at = now()
        result.update(brought=str(brought.id), removed=len(added - stay), stay=len(stay), kept=len(kept))
        audit.record(run.asked_by, "staff.import_undone", "staff_import", brought.id, removed=len(added - stay))
        for person_id in sorted(added - stay):
            audit.record(run.asked_by, "staff.person_removed", "person", person_id)
        run.say("comparing", 2, 2)


def _spoken_of(people: set[UUID]) -> set[UUID]:
    """Those of these people whom any row of any table names, beside what goes with a person."""
    named: set[UUID] = set()
    for table in Model.metadata.tables.values():
        for column in table.columns:
            if table.name not in GO_WITH_A_PERSON and any(
                key.column.table.name == "person" for key in column.foreign_keys
            ):
                found: Iterable[UUID] = db.session.scalars(select(column).where(column.is_not(None)).distinct())
                named |= people & set(found)
    return named


def _put_back(changes: list[dict[str, Any]], here: Directory) -> set[UUID]:
    """Every value that is still what the import made it; returns the people of whom something was changed since."""
    people, records, unlisted, kept = [], [], [], set()
    for change in changes:
        known = here.people.get(UUID(change["person"]))
        if known is None:
            continue
        before = {}
        for name, value in change["after"].items():
            if known.values[name] == as_value(name, value):
                before[name] = as_value(name, change["before"][name])
            else:
                kept.add(known.id)
        people.append({"id": known.id} | {name: before[name] for name in OF_PERSON if name in before})
        if change["new_in_list"] and known.id not in kept:
            unlisted.append(known.id)
        else:
            records.append({"person_id": known.id} | {name: before[name] for name in OF_RECORD if name in before})
    change_people(people)
    change_records(records)
    for at in range(0, len(unlisted), 500):
        db.session.execute(delete(StaffRecord).where(StaffRecord.person_id.in_(unlisted[at : at + 500])))
    return kept


def _take_roles_back(changes: list[dict[str, Any]], by: UUID | None, here: Directory) -> None:
    """Through the door that ends the sign-ins of whoever loses a role."""
    asker = db.session.get(Person, by) if by else None
    for change in changes:
        known: Known | None = here.people.get(UUID(change["person"]))
        lost = known.roles & set(change["new_roles"]) if known else frozenset()
        if known is not None and lost and asker is not None:
            change_roles(asker, db.session.get_one(Person, known.id), known.roles - lost)


def as_value(name: str, kept: Any) -> Any:
    """A kept value as the database has it."""
    if kept is None:
        return None
    return UUID(kept) if name in IDS else date.fromisoformat(kept) if name in DATES else kept
