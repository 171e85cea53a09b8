"""The second step as an administrator sees it: who has one, whether it is required, turning somebody's off."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import db, writing
from webapp.people import second_factor
from webapp.people.directory import person_or_404
from webapp.people.forms import Press
from webapp.people.models import Person
from webapp.people.sessions import current_person
from webapp.people.views.room import go_to, room
from webapp.web import needs_role


@room.get("/people/second-step")
@needs_role("administrator")
def second_steps() -> str:
    """Coordinators and administrators, and since when each has one."""
    return render_template(
        "people/second_steps.html", held=second_factor.held_at_the_desk(), required_from=second_factor.required_from()
    )


@room.post("/people/second-step")
@needs_role("administrator")
def require_second_step() -> ResponseReturnValue:
    """Require it in 14 days, or only ask for it: the button that was pressed says which."""
    if Press().validate_on_submit():
        with writing():
            second_factor.require(current_person(), request.form.get("required") == "yes")
        flash(_("Saved."))
    return go_to("/people/second-step")


@room.post("/people/<uuid:person_id>/second-step/off")
@needs_role("administrator")
def turn_off_somebodys(person_id: UUID) -> ResponseReturnValue:
    """For somebody who lost phone and recovery codes. One's own needs the password and a code, in the settings."""
    person_or_404(current_person(), person_id)
    if person_id == current_person().id:
        return go_to("/settings/second-step/off")
    if Press().validate_on_submit():
        with writing():
            off = second_factor.turn_off(current_person(), db.session.get_one(Person, person_id))
        if off:
            flash(_("The second step of this account is off. They are told by e-mail, if they have one."))
    return go_to(f"/people/{person_id}")
