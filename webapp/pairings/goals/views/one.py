"""One goal or skill: what it is, how sure she feels, whether it is reached, what the mentor saw."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.ledger import Conflict, FormFields, Gone, Refused
from webapp.pairings.fields import NoFields
from webapp.pairings.goals.actions import change_goal, reach_goal, review_skill, take_goal_back
from webapp.pairings.goals.forms import GoalForm, ReachedForm, ReviewForm, StepForm
from webapp.pairings.goals.models import Goal
from webapp.pairings.goals.reads import goal_or_404
from webapp.pairings.models import Pairing
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import about, keep, one_button_or_400, over, say_that_it_stands
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

ONE, CHANGE = "pairings/ours/goal.html", "pairings/ours/change_goal.html"


@room.get("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>")
def goal(pairing_id: UUID, goal_id: UUID) -> str:
    """Everything of one."""
    pairing, one = _loaded(pairing_id, goal_id)
    return render_template(ONE, **one_goal(pairing, one))


@room.route("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/change", methods=["GET", "POST"])
def edit_goal(pairing_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Say it otherwise."""
    pairing, one = _own(pairing_id, goal_id)
    form = GoalForm()
    shown = {"goal": one, **about(pairing)}
    if request.method == "GET":
        form.show(one)
        return render_template(CHANGE, form=form, hidden=FormFields.fresh(one.id, one.head), **shown)
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(CHANGE, form, hidden=hidden, **shown)
    try:
        keep("goal", "change", change_goal, pairing_id, form.fields(), goal_id)
    except Conflict:
        other = goal_or_404(pairing, goal_id)
        form.words.errors = [
            _("You changed this on another phone. Both versions are here. Save the one you want to keep.")
        ]
        hidden = FormFields.fresh(goal_id, other.head)
        return unfinished(CHANGE, form, hidden=hidden, meanwhile=other, **shown)
    except Refused as refused:
        form.words.errors = [over(refused)]
        return unfinished(CHANGE, form, hidden=hidden, **shown)
    except Gone:
        abort(404)
    flash(_("Changed."))
    return to_goal(pairing_id, goal_id)


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/take-back")
def drop_goal(pairing_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Take it back with its steps."""
    _own(pairing_id, goal_id)
    one_button_or_400()
    try:
        keep("goal", "take_back", take_goal_back, pairing_id, NoFields(), goal_id)
    except Refused as refused:
        say_that_it_stands(refused)
        return to_goal(pairing_id, goal_id)
    flash(_("Taken back. Nobody can read it any more."))
    return redirect(url_for("pairings.goals", pairing_id=pairing_id), 303)


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/reached")
def reached(pairing_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """It is reached, or it is not after all (`not_yet`)."""
    pairing, one = _own(pairing_id, goal_id)
    form = ReachedForm()
    if not form.validate():
        return unfinished(ONE, form, **one_goal(pairing, one))
    is_reached = "not_yet" not in request.form
    try:
        keep("goal", "reach", reach_goal, pairing_id, form.fields(is_reached), goal_id)
    except Refused as refused:
        say_that_it_stands(refused)
        return to_goal(pairing_id, goal_id)
    except Gone:
        abort(404)
    flash(_("Well done. You both see it.") if is_reached else _("It is open again."))
    return to_goal(pairing_id, goal_id)


@room.post("/pair/<uuid:pairing_id>/goals/<uuid:goal_id>/review")
def review(pairing_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """The mentor says what they saw of a skill."""
    pairing, one = _loaded(pairing_id, goal_id)
    if current_person().id != pairing.mentor_id or not one.is_skill:
        abort(404)
    form = ReviewForm()
    shown = one_goal(pairing, one)
    if not form.validate():
        return unfinished(ONE, form, **shown | {"review_form": form})
    try:
        keep("goal", "review", review_skill, pairing_id, form.fields(), goal_id)
    except Conflict:
        form.words.errors = [
            _("You changed this on another phone. Both versions are here. Save the one you want to keep.")
        ]
        other = goal_or_404(pairing, goal_id)
        hidden = FormFields.fresh(goal_id, other.review_head)
        return unfinished(ONE, form, **shown | {"review_form": form, "review_hidden": hidden})
    except Refused as refused:
        form.words.errors = [over(refused)]
        return unfinished(ONE, form, **shown | {"review_form": form})
    except Gone:
        abort(404)
    flash(_("Kept. You both see it."))
    return to_goal(pairing_id, goal_id)


def one_goal(pairing: Pairing, one: Goal) -> dict[str, object]:
    """The page of one goal, with its small forms empty."""
    review = ReviewForm(formdata=None)
    review.words.data = one.review
    return {
        "goal": one,
        "step_form": StepForm(formdata=None),
        "step_hidden": FormFields.fresh(),
        "reached_form": ReachedForm(formdata=None),
        "review_form": review,
        "review_hidden": FormFields.fresh(one.id, one.review_head),
        **about(pairing),
    }


def to_goal(pairing_id: UUID, goal_id: UUID) -> Response:
    return redirect(url_for("pairings.goal", pairing_id=pairing_id, goal_id=goal_id), 303)


def _loaded(pairing_id: UUID, goal_id: UUID) -> tuple[Pairing, Goal]:
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    return pairing, goal_or_404(pairing, goal_id)


def _own(pairing_id: UUID, goal_id: UUID) -> tuple[Pairing, Goal]:
    """For the mentee whose it is; for the mentor there is nothing to change."""
    pairing, one = _loaded(pairing_id, goal_id)
    if current_person().id != pairing.mentee_id:
        abort(404)
    return pairing, one
