"""Steps on the way to a goal, and the days on which a skill was practised."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import FormFields, Gone, Refused
from webapp.pairings.goals.actions import add_step, practise, take_step_back, tick_step
from webapp.pairings.goals.fields import GoalOnlyFields, StepFields, TickFields
from webapp.pairings.goals.forms import StepForm
from webapp.pairings.goals.reads import goal_or_404
from webapp.pairings.goals.views.one import ONE, one_goal, to_goal
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import keep, one_button_or_400, over, say_that_it_stands
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/steps")
def new_step(pairing_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """One more step."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    goal = goal_or_404(pairing, goal_id)
    if current_person().id != pairing.mentee_id:
        abort(404)
    form = StepForm()
    shown = one_goal(pairing, goal) | {"step_form": form, "step_hidden": FormFields.posted(request.form)}
    if not form.validate():
        return unfinished(ONE, form, **shown)
    try:
        keep("goal_step", "add", add_step, pairing_id, StepFields(goal=goal_id, words=form.words.data))
    except Refused as refused:
        form.words.errors = [over(refused)]
        return unfinished(ONE, form, **shown)
    except Gone:
        abort(404)
    return to_goal(pairing_id, goal_id)


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/steps/<uuid:step_id>")
def tick(pairing_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """It is done, or it is not after all (`not_yet`)."""
    one_button_or_400()
    fields = TickFields(goal=goal_id, done="not_yet" not in request.form)
    try:
        keep("goal_step", "tick", tick_step, pairing_id, fields, step_id)
    except Refused as refused:
        say_that_it_stands(refused)
    return to_goal(pairing_id, goal_id)


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/steps/<uuid:step_id>/take-back")
def drop_step(pairing_id: UUID, goal_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Take a step away."""
    one_button_or_400()
    try:
        keep("goal_step", "take_back", take_step_back, pairing_id, GoalOnlyFields(goal=goal_id), step_id)
    except Refused as refused:
        say_that_it_stands(refused)
    return to_goal(pairing_id, goal_id)


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/practised")
def practised(pairing_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """The skill was practised today."""
    one_button_or_400()
    try:
        keep("goal", "practise", practise, pairing_id, GoalOnlyFields(goal=goal_id), goal_id)
    except Refused as refused:
        say_that_it_stands(refused)
        return to_goal(pairing_id, goal_id)
    except Gone:
        abort(404)
    flash(_("Kept. Practice makes it yours."))
    return to_goal(pairing_id, goal_id)
