"""Which coordinators may import: an administrator says so."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.database import db, writing
from webapp.people import Person, PersonRole, current_person
from webapp.staff.forms import ImportersForm
from webapp.staff.importing import allow_importers, allowed_importers
from webapp.staff.views.room import room
from webapp.web import needs_role, unfinished

PAGE = "staff/importers.html"


@room.get("/staff/importers")
@needs_role("administrator")
def importers() -> str:
    """Who may, to be changed."""
    form = ImportersForm(formdata=None, people=[str(each) for each in allowed_importers()])
    form.offer(_coordinators())
    return render_template(PAGE, form=form)


@room.post("/staff/importers")
@needs_role("administrator")
def save_importers() -> ResponseReturnValue:
    form = ImportersForm()
    form.offer(_coordinators())
    if not form.validate_on_submit():
        return unfinished(PAGE, form)
    with writing():
        allow_importers(current_person(), {UUID(each) for each in form.people.data or ()})
    flash(_("Saved."))
    return redirect("/staff", 303)


def _coordinators() -> list[Person]:
    holders = select(Person).join(PersonRole, PersonRole.person_id == Person.id)
    active = holders.where(PersonRole.role == "coordinator", Person.closed_at.is_(None))
    return list(db.session.scalars(active.order_by(Person.name)))
