"""Choosing what a programme wants to reach. How far it is, the room of figures shows."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import db, writing
from webapp.people import current_person
from webapp.programmes.actions.objectives import Aim, add_objective, change_objective, remove_objective
from webapp.programmes.forms.objectives import ObjectiveForm
from webapp.programmes.models import Objective, Programme
from webapp.programmes.reads import objectives_of, programme_to_change_or_404
from webapp.programmes.views.room import back_to_set_up, keepers_only, one_button_or_400, room
from webapp.web import unfinished

ALL, ONE = "programmes/objectives.html", "programmes/objective.html"


@room.get("/programme/<uuid:programme_id>/objectives/all")
@keepers_only
def list_objectives(programme_id: UUID) -> str:
    """All objectives, to choose one and change it."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    return render_template(ALL, programme=programme, objectives=objectives_of(programme))


@room.route("/programme/<uuid:programme_id>/objectives/new", methods=["GET", "POST"])
@keepers_only
def new_objective(programme_id: UUID) -> ResponseReturnValue:
    """Want something more."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    form = ObjectiveForm(due_on=programme.ends_on)
    if request.method == "GET":
        return render_template(ONE, form=form, programme=programme, objective=None)
    if not form.validate():
        return unfinished(ONE, form, programme=programme, objective=None)
    with writing():
        add_objective(current_person(), programme_to_change_or_404(current_person(), programme_id), _aim(form))
    flash(_("Saved."))
    return back_to_set_up(programme_id)


@room.route("/programme/<uuid:programme_id>/objectives/<uuid:objective_id>", methods=["GET", "POST"])
@keepers_only
def edit_objective(programme_id: UUID, objective_id: UUID) -> ResponseReturnValue:
    """Change one."""
    programme, objective = _both_or_404(programme_id, objective_id)
    form = ObjectiveForm(obj=objective)
    if request.method == "GET":
        return render_template(ONE, form=form, programme=programme, objective=objective)
    if not form.validate():
        return unfinished(ONE, form, programme=programme, objective=objective)
    with writing():
        change_objective(current_person(), _both_or_404(programme_id, objective_id)[1], _aim(form))
    flash(_("Saved."))
    return back_to_set_up(programme_id)


@room.post("/programme/<uuid:programme_id>/objectives/<uuid:objective_id>/remove")
@keepers_only
def drop_objective(programme_id: UUID, objective_id: UUID) -> ResponseReturnValue:
    """Want it no more."""
    _both_or_404(programme_id, objective_id)
    one_button_or_400()
    with writing():
        remove_objective(current_person(), _both_or_404(programme_id, objective_id)[1])
    flash(_("Removed."))
    return back_to_set_up(programme_id)


def _both_or_404(programme_id: UUID, objective_id: UUID) -> tuple[Programme, Objective]:
    programme = programme_to_change_or_404(current_person(), programme_id)
    objective = db.session.get(Objective, objective_id)
    if objective is None or objective.programme_id != programme.id:
        abort(404)
    return programme, objective


def _aim(form: ObjectiveForm) -> Aim:
    return Aim(form.kind.data, form.measure.data, form.target.data, form.due_on.data, form.baseline.data)
