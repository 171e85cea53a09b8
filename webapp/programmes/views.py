"""Making and changing a programme. Its pairs are in the room above, which knows them."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.people import current_person
from webapp.programmes.actions import change_programme, make_programme
from webapp.programmes.forms import ProgrammeForm
from webapp.programmes.reads import possible_coordinators, programme_to_change_or_404
from webapp.programmes.rules import DEFAULT_RHYTHM
from webapp.web import needs_role, unfinished

room = Blueprint("programmes", __name__)
PROGRAMMES = "/programme"


@room.route("/programme/new", methods=["GET", "POST"])
@needs_role("administrator")
def new_programme() -> ResponseReturnValue:
    """Make a programme."""
    form = ProgrammeForm(data=asdict(DEFAULT_RHYTHM))
    form.offer(possible_coordinators())
    if request.method == "GET":
        return render_template("programmes/programme.html", form=form, programme=None)
    if not form.validate():
        return unfinished("programmes/programme.html", form, programme=None)
    with writing():
        make_programme(current_person(), form.name.data, form.chosen, form.rhythm)
    flash(_("The programme is ready."))
    return redirect(PROGRAMMES, 303)


@room.route("/programme/<uuid:programme_id>/edit", methods=["GET", "POST"])
@needs_role("coordinator", "administrator")
def edit_programme(programme_id: UUID) -> ResponseReturnValue:
    """Change a programme's name, coordinators or rhythm."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    form = ProgrammeForm()
    form.offer(possible_coordinators())
    if request.method == "GET":
        form.show(programme)
        form.offer(possible_coordinators())
        return render_template("programmes/programme.html", form=form, programme=programme)
    if not form.validate():
        return unfinished("programmes/programme.html", form, programme=programme)
    with writing():
        again = programme_to_change_or_404(current_person(), programme_id)
        change_programme(current_person(), again, form.name.data, form.chosen, form.rhythm)
    flash(_("Saved."))
    return redirect(PROGRAMMES, 303)
