"""One import: which column is what, what it would do, carrying it out, undoing it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import jobs
from webapp.database import writing
from webapp.people import current_person
from webapp.staff.applying import IMPORT, ImportArguments
from webapp.staff.forms import ColumnsForm
from webapp.staff.importing import choose_columns, has_columns, import_or_404, is_last, plan_of, table_of
from webapp.staff.models import StaffImport
from webapp.staff.reading import Table
from webapp.staff.undoing import UNDO, UndoArguments
from webapp.staff.views.room import importers_only, room
from webapp.staff.views.showing import shown
from webapp.staff.words import FIELD_NAMES
from webapp.web import RoomForm, unfinished

COLUMNS = "staff/columns.html"


@room.get("/staff/imports/<uuid:import_id>")
@importers_only
def one_import(import_id: UUID) -> ResponseReturnValue:
    """What it would do; once it was carried out, what it did."""
    brought = import_or_404(import_id)
    running = jobs.unfinished_job(IMPORT, import_id) or jobs.unfinished_job(UNDO, import_id)
    if running is not None and running.asked_by_id == current_person().id:
        return redirect(f"/jobs/{running.id}", 303)
    if brought.applied_at is not None:
        can_undo = brought.can_be_undone and is_last(brought)
        return render_template("staff/result.html", brought=brought, can_undo=can_undo)
    if not has_columns(brought):
        return redirect(f"/staff/imports/{import_id}/columns", 303)
    plan, _here = plan_of(brought)
    return render_template("staff/preview.html", brought=brought, plan=plan, shown=shown(plan), sure=False)


@room.get("/staff/imports/<uuid:import_id>/columns")
@importers_only
def columns(import_id: UUID) -> ResponseReturnValue:
    """Which column holds what."""
    brought = import_or_404(import_id)
    if not brought.text_sealed or brought.applied_at is not None:
        return redirect(f"/staff/imports/{import_id}", 303)
    form = ColumnsForm(formdata=None, order=brought.date_order)
    return render_template(COLUMNS, form=form, **_columns_of(brought, table_of(brought), brought.columns))


@room.post("/staff/imports/<uuid:import_id>/columns")
@importers_only
def save_columns(import_id: UUID) -> ResponseReturnValue:
    """Read the file in this way, now and the next time."""
    brought = import_or_404(import_id)
    if not brought.text_sealed or brought.applied_at is not None:
        return redirect(f"/staff/imports/{import_id}", 303)
    form, table = ColumnsForm(), table_of(brought)
    chosen, wrong = form.chosen(table, dict(request.form.items()))
    valid = form.validate_on_submit()
    if not valid or wrong:
        form.form_errors = [_why(wrong)] if wrong else []
        return unfinished(COLUMNS, form, **_columns_of(brought, table, chosen))
    with writing():
        choose_columns(import_or_404(import_id), chosen, form.order.data)
    return redirect(f"/staff/imports/{import_id}", 303)


@room.post("/staff/imports/<uuid:import_id>/apply")
@importers_only
def apply(import_id: UUID) -> ResponseReturnValue:
    """Carry out what was looked at. Where many would be flagged as having left, it asks a second time."""
    brought = import_or_404(import_id)
    form = RoomForm()
    if brought.applied_at is not None or not has_columns(brought) or not form.validate_on_submit():
        return redirect(f"/staff/imports/{import_id}", 303)
    plan, _here = plan_of(brought)
    if plan.digest != request.form.get("digest"):
        flash(_("Something changed while you were looking. Look at it again."))
        return redirect(f"/staff/imports/{import_id}", 303)
    if plan.asks_twice and request.form.get("sure") != "yes":
        return unfinished("staff/preview.html", form, brought=brought, plan=plan, shown=shown(plan), sure=True)
    arguments = ImportArguments(brought=brought.id, digest=plan.digest)
    with writing():
        job_id = jobs.ask(IMPORT, current_person().id, arguments, import_id)
    return redirect(f"/jobs/{job_id}", 303)


@room.post("/staff/imports/<uuid:import_id>/undo")
@importers_only
def undo(import_id: UUID) -> ResponseReturnValue:
    """Take the last import back."""
    brought = import_or_404(import_id)
    if not brought.can_be_undone or not is_last(brought) or not RoomForm().validate_on_submit():
        return redirect(f"/staff/imports/{import_id}", 303)
    with writing():
        job_id = jobs.ask(UNDO, current_person().id, UndoArguments(brought=import_id), import_id)
    return redirect(f"/jobs/{job_id}", 303)


def _columns_of(brought: StaffImport, table: Table, chosen: dict[str, int]) -> dict[str, object]:
    """Each column with its heading, its first cells, and what it is taken for."""
    field_of = {at: name for name, at in chosen.items()}
    first = [
        (at, heading, [row[at] for _, row in table.rows[:20] if at < len(row) and row[at]][:3], field_of.get(at, ""))
        for at, heading in enumerate(table.headings)
    ]
    return {"brought": brought, "columns": first, "fields": FIELD_NAMES}


def _why(wrong: str) -> str:
    if wrong == "no_number":
        return str(_("Say which column holds the staff number."))
    return str(_("Two columns cannot both be: %(field)s", field=FIELD_NAMES[wrong]))
