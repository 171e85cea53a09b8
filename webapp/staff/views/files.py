"""Bringing a file, and the files to download: an empty list, an invented one, the lines that were left out."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.people import current_person
from webapp.staff.forms import FileForm
from webapp.staff.importing import applied_imports, bring_file, has_columns, import_or_404, plan_of, table_of
from webapp.staff.reading import MOST_BYTES, Unreadable
from webapp.staff.says import say_bad_line, say_unreadable
from webapp.staff.views.room import importers_only, room
from webapp.staff.words import FIELD_NAMES, IN_THE_TEMPLATE
from webapp.web import unfinished
from webapp.web.csv_out import csv_download

PAGE = "staff/file.html"
SAMPLE = Path(__file__).resolve().parent.parent / "sample.csv"
AROUND_A_FILE = 64 * 1024  # what a form takes beside its file


@room.get("/staff")
@importers_only
def staff() -> str:
    """The imports so far, and the way to the next."""
    return render_template("staff/staff.html", imports=applied_imports())


@room.get("/staff/import")
@importers_only
def ask_for_file() -> str:
    return render_template(PAGE, form=FileForm(formdata=None))


@room.post("/staff/import")
@importers_only
def bring() -> ResponseReturnValue:
    """Take a file for its preview; nothing is changed by it."""
    if (request.content_length or 0) > MOST_BYTES + AROUND_A_FILE:
        form = FileForm(formdata=None)
        form.file.errors = [say_unreadable(Unreadable("too_large"))]
        return unfinished(PAGE, form)
    request.max_content_length = MOST_BYTES + AROUND_A_FILE
    form = FileForm()
    data, name = _read_and_close()
    if not form.validate_on_submit():
        return unfinished(PAGE, form)
    try:
        with writing():
            brought = bring_file(current_person(), data, name, form.everybody.data == "everybody")
            goes_on = has_columns(brought)
    except Unreadable as unreadable:
        form.file.errors = [say_unreadable(unreadable)]
        return unfinished(PAGE, form)
    if not goes_on:
        flash(_("Say which column holds the staff number."))
    return redirect(f"/staff/imports/{brought.id}" + ("" if goes_on else "/columns"), 303)


@room.get("/staff/template.csv")
@importers_only
def template() -> Response:
    """A list with nothing but headings, in the reader's language."""
    return csv_download("staff", [[str(FIELD_NAMES[name]) for name in IN_THE_TEMPLATE]])


@room.get("/staff/sample.csv")
@importers_only
def sample() -> Response:
    """A list of 240 people who do not exist."""
    response = make_response(SAMPLE.read_bytes())
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = 'attachment; filename="sample-staff.csv"'
    return response


@room.get("/staff/imports/<uuid:import_id>/left-out.csv")
@importers_only
def left_out(import_id: UUID) -> Response:
    """The lines that are left out, each with its reason, to be put right and brought again."""
    brought = import_or_404(import_id)
    table = table_of(brought)
    plan, _here = plan_of(brought)
    rows = dict(table.rows)
    reasons = [[*rows.get(bad.line, []), say_bad_line(bad)] for bad in plan.bad]
    width = max((len(row) for row in reasons), default=1)
    padded = [[*row[:-1], *[""] * (width - len(row)), row[-1]] for row in reasons]
    headings = [*table.headings, *[""] * (width - 1 - len(table.headings)), str(_("Why it was left out"))]
    return csv_download("left-out", [headings, *padded])


def _read_and_close() -> tuple[bytes, str]:
    """What was sent, and the name it was sent under."""
    file = request.files.get("file")
    if file is None:
        return b"", ""
    with file.stream:
        return file.read(), file.filename or ""
