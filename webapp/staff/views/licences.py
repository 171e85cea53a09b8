"""Which words of the staff list stand on which step of licence levels."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.people import current_person
from webapp.staff.licence_form import licence_form
from webapp.staff.licences import licence_lines, set_licence_steps
from webapp.staff.views.room import importers_only, room
from webapp.web import unfinished

PAGE = "staff/licences.html"


@room.get("/staff/licences")
@importers_only
def licences() -> str:
    """Every word, to be put on a step."""
    lines = licence_lines()
    form, fields = licence_form(lines, posted=False)
    return render_template(PAGE, form=form, lines=[(line, form[fields[line.spelling]]) for line in lines])


@room.post("/staff/licences")
@importers_only
def save_licences() -> ResponseReturnValue:
    """As they were chosen; a word that a list brought meanwhile stays as it is."""
    lines = licence_lines()
    form, fields = licence_form(lines, posted=True)
    if not form.validate():
        return unfinished(PAGE, form, lines=[(line, form[fields[line.spelling]]) for line in lines])
    with writing():
        chosen = {spelling: form[name].data for spelling, name in fields.items()}
        set_licence_steps(current_person(), {each: int(step) if step else None for each, step in chosen.items()})
    flash(_("Saved."))
    return redirect("/staff", 303)
