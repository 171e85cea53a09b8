"""Carrying an import out: everything in one transaction, exactly what was looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import insert, update

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.jobs import Failed, Run
from webapp.people import Site, Unit, add_people, change_people, give_more_roles, the_organisation
from webapp.staff.directory import NO_RECORD, OF_PERSON, OF_RECORD, read_directory
from webapp.staff.importing import plan_of
from webapp.staff.listeners import list_changed
from webapp.staff.models import StaffImport, StaffRecord
from webapp.staff.plan import Change, Plan

IMPORT = "staff_import"
STEPS = 3


class ImportArguments(BaseModel):
    """Which import, and the digest of the plan that somebody looked at."""

    brought: UUID
    digest: str


def carry_out(run: Run, arguments: ImportArguments) -> None:
    """The job. Fails with "changed_meanwhile" when it would do anything else than what was shown."""
    run.say("comparing", 0, STEPS)
    brought = db.session.get(StaffImport, arguments.brought)
    if brought is None or brought.applied_at is not None or not brought.text_sealed:
        raise Failed("import_is_gone")
    plan, here = plan_of(brought)
    if plan.digest != arguments.digest:
        raise Failed("changed_meanwhile")
    run.say("writing", 1, STEPS)
    changes = [as_kept(change) for change in plan.changes]
    with run.finishing(brought=str(brought.id), **plan.counts):
        if read_directory() != here:
            raise Failed("changed_meanwhile")
        _write(plan, run.asked_by)
        again = db.session.get_one(StaffImport, arguments.brought, populate_existing=True)
        again.applied_at, again.counts = now(), plan.counts
        again.keep_for_undoing(changes)
        _record(plan, again, run.asked_by)
        list_changed()
        run.say("writing", STEPS, STEPS)


def as_kept(change: Change) -> dict[str, Any]:
    """A change as it is kept for undoing it."""
    return {
        "kind": change.kind,
        "person": str(change.person_id),
        "before": {key: _plain(value) for key, value in change.before.items()},
        "after": {key: _plain(value) for key, value in change.after.items()},
        "new_roles": change.new_roles,
        "new_in_list": change.is_new_in_list,
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | list | None) else str(value)


def _write(plan: Plan, by: UUID | None) -> None:
    _add_places(plan, by)
    added = plan.of("added")
    blank = dict.fromkeys(OF_PERSON)
    add_people([blank | {"id": each.person_id} | _of(each.after, OF_PERSON) for each in added])
    change_people([{"id": each.person_id} | _of(each.after, OF_PERSON) for each in plan.of("changed")])
    give_more_roles([(each.person_id, role) for each in plan.changes for role in each.new_roles])
    new = [{"person_id": each.person_id} | _of(NO_RECORD | each.after, OF_RECORD) for each in plan.changes
           if each.is_new_in_list]  # fmt: skip
    if new:
        db.session.execute(insert(StaffRecord), new)
    known = [each for each in plan.changes if not each.is_new_in_list]
    change_records([{"person_id": each.person_id} | _of(each.after, OF_RECORD) for each in known])


def change_records(rows: list[dict[str, Any]]) -> None:
    """Change what each row holds beside its person, inside a write transaction."""
    for keys in {tuple(sorted(row)) for row in rows}:
        if keys != ("person_id",):
            db.session.execute(update(StaffRecord), [row for row in rows if tuple(sorted(row)) == keys])


def _add_places(plan: Plan, by: UUID | None) -> None:
    organisation = the_organisation()
    zone = organisation.zone if organisation else "UTC"
    for name, site_id in plan.places.new_sites.items():
        db.session.add(Site(id=site_id, name=name, zone=zone))
        audit.record(by, "people.site_added", "site", site_id)
    db.session.flush()
    for (site, name), unit_id in plan.places.new_units.items():
        db.session.add(Unit(id=unit_id, name=name, site_id=plan.places.site_id(site)))
        audit.record(by, "people.unit_added", "unit", unit_id)
    db.session.flush()


def _record(plan: Plan, brought: StaffImport, by: UUID | None) -> None:
    audit.record(by, "staff.imported", "staff_import", brought.id, **plan.counts)
    for change in plan.changes:
        what = ",".join(sorted(change.after)) if change.kind == "changed" else None
        roles = ",".join(change.new_roles) or None
        audit.record(by, f"staff.person_{change.kind}", "person", change.person_id, changed=what, new_roles=roles)


def _of(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
