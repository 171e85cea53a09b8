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
from webapp.staff.forms import columns_form
from webapp.staff.importing import choose_columns, has_columns, import_or_404, is_last, plan_of, table_of
from webapp.staff.reading import Table
from webapp.staff.undoing import UNDO, UndoArguments
from webapp.staff.views.room import importers_only, room
from webapp.staff.views.showing import shown
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
    table = table_of(brought)
    form = columns_form(table, columns=brought.columns, order=brought.date_order)
    return render_template(COLUMNS, form=form, brought=brought, samples=_first_cells(table))


@room.post("/staff/imports/<uuid:import_id>/columns")
@importers_only
def save_columns(import_id: UUID) -> ResponseReturnValue:
    """Read the file in this way, now and the next time."""
    brought = import_or_404(import_id)
    if not brought.text_sealed or brought.applied_at is not None:
        return redirect(f"/staff/imports/{import_id}", 303)
    table = table_of(brought)
    form = columns_form(table)
    if not form.validate_on_submit():
        return unfinished(COLUMNS, form, brought=brought, samples=_first_cells(table))
    with writing():
        choose_columns(import_or_404(import_id), form.chosen, form.order.data)
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


def _first_cells(table: Table) -> list[str]:
    """What stands in each column of the first lines."""
    lines = [row for _, row in table.rows[:3]]
    return [" · ".join(row[at] for row in lines if at < len(row) and row[at]) for at in range(len(table.headings))]
