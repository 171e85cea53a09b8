"""An import from the file to the plan, the one door to it: pages look at the plan, the worker carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort
from sqlalchemy import delete, select, update

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person, the_organisation
from webapp.staff.columns import NEEDED, guess, plain
from webapp.staff.directory import Directory, read_directory
from webapp.staff.lines import read_lines
from webapp.staff.models import StaffColumn, StaffImport, StaffImporter
from webapp.staff.plan import Plan, plan_import
from webapp.staff.reading import Table, decode, read_table

KEPT = timedelta(days=30)


def may_import(person: Person) -> bool:
    """Administrators, and the coordinators whom one of them allowed."""
    if "administrator" in person.roles:
        return True
    return "coordinator" in person.roles and db.session.get(StaffImporter, person.id) is not None


def bring_file(by: Person, data: bytes, file_name: str, everybody: bool) -> StaffImport:
    """Keep a file for its preview, inside a write transaction. Raises `Unreadable`."""
    text = decode(data)
    table = read_table(text)
    columns = guess(table.headings, _remembered())
    brought = StaffImport(
        id=uuid7(),
        made_by_id=by.id,
        made_at=now(),
        file_name=file_name[:120],
        everybody=everybody,
        columns=columns,
    )
    brought.keep(text)
    db.session.add(brought)
    audit.record(by.id, "staff.file_brought", "staff_import", brought.id, lines=len(table.rows))
    return brought


def choose_columns(brought: StaffImport, columns: Mapping[str, int], date_order: str) -> None:
    """Read the file in this way, and remember what its headings mean. Inside a write transaction."""
    brought.columns, brought.date_order = dict(columns), date_order
    field_of = {at: field for field, at in columns.items()}
    for at, heading in enumerate(table_of(brought).headings):
        if plain(heading):
            db.session.merge(StaffColumn(heading=plain(heading), field=field_of.get(at, "")))


def table_of(brought: StaffImport) -> Table:
    """The file's rows. It was read before, so it can be read."""
    return read_table(brought.text)


def has_columns(brought: StaffImport) -> bool:
    """Whether it is known which column identifies a person."""
    return NEEDED in brought.columns


def plan_of(brought: StaffImport) -> tuple[Plan, Directory]:
    """What the import would do now, and what it was compared with."""
    here = read_directory()
    lines = read_lines(table_of(brought), brought.columns, brought.date_order)
    return plan_import(lines, here, brought.everybody, today_here(), brought.id), here


def import_or_404(import_id: UUID) -> StaffImport:
    return db.session.get(StaffImport, import_id) or abort(404)


def applied_imports() -> list[StaffImport]:
    """Those that were carried out, the last one first."""
    done = select(StaffImport).where(StaffImport.applied_at.is_not(None)).order_by(StaffImport.applied_at.desc())
    return list(db.session.scalars(done.limit(20)))


def is_last(brought: StaffImport) -> bool:
    """Whether no other import was carried out after this one and still stands."""
    after = select(StaffImport.id).where(
        StaffImport.applied_at > brought.applied_at, StaffImport.undone_at.is_(None), StaffImport.id != brought.id
    )
    return db.session.scalar(after.limit(1)) is None


def forget_old(at: datetime) -> None:
    """Let go of files after 30 days, and of what was never carried out; inside a write transaction."""
    db.session.execute(delete(StaffImport).where(StaffImport.applied_at.is_(None), StaffImport.made_at < at - KEPT))
    old = update(StaffImport).where(StaffImport.applied_at < at - KEPT)
    db.session.execute(old.values(text_sealed=None, undo_sealed=None))


def today_here() -> date:
    """The organisation's day."""
    organisation = the_organisation()
    return now().astimezone(ZoneInfo(organisation.zone if organisation else "UTC")).date()


def _remembered() -> dict[str, str]:
    said = select(StaffColumn.heading, StaffColumn.field)
    return dict(db.session.execute(said).all())


def allowed_importers() -> set[UUID]:
    """The coordinators whom an administrator allowed to import."""
    return set(db.session.scalars(select(StaffImporter.person_id)))


def allow_importers(by: Person, people: set[UUID]) -> None:
    """Let exactly these coordinators import from now on. Inside a write transaction."""
    before = allowed_importers()
    db.session.execute(delete(StaffImporter).where(StaffImporter.person_id.in_(before - people)))
    for person_id in sorted(people - before):
        db.session.add(StaffImporter(person_id=person_id, allowed_by_id=by.id, allowed_at=now()))
    for person_id in sorted(people ^ before):
        audit.record(by.id, "staff.importer_changed", "person", person_id, allowed=person_id in people)
