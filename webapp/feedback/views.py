"""The pages of feedback: giving it, what one said, changing it, and the coordinator's list of what to act on."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel

from webapp.database import writing
from webapp.feedback.actions import amend_feedback, give_feedback, mark_acted_on, take_feedback_back
from webapp.feedback.fields import NoFields
from webapp.feedback.forms import FeedbackForm
from webapp.feedback.models import Feedback
from webapp.feedback.reads import given_by, own_feedback_or_404, recovered_for, to_act_on, written_by_or_404
from webapp.ledger import Conflict, FormFields, Gone, Refused, form_write
from webapp.pairings import Pairing, active_pairings_of, open_swaps, pairing_or_404
from webapp.people import current_person
from webapp.web import RoomForm, needs_role, unfinished

room = Blueprint("feedback", __name__)
DO = {"give": give_feedback, "amend": amend_feedback, "take_back": take_feedback_back}


@room.get("/feedback")
def give() -> ResponseReturnValue:
    """The form for one pair, with what one said before; with several partners, first which."""
    pairing = _chosen()
    form = FeedbackForm(formdata=None)
    form.pairing.data = str(pairing.id) if pairing else ""
    return render_template("feedback/give.html", form=form, **_page(pairing))


@room.post("/feedback")
def given() -> ResponseReturnValue:
    """Give feedback on a pair."""
    form = FeedbackForm()
    pairing = pairing_or_404(current_person(), _uuid_or_404(form.pairing.data))
    if not form.validate():
        return unfinished("feedback/give.html", form, **_page(pairing))
    _write("give", form.fields())
    flash(_("Sent. The coordinator can read it.") if form.act.data else _("Sent. It only counts together with others."))
    return redirect(url_for("feedback.give", pairing=pairing.id), 303)


@room.route("/feedback/<uuid:feedback_id>", methods=["GET", "POST"])
def change(feedback_id: UUID) -> ResponseReturnValue:
    """Change what one said."""
    feedback = own_feedback_or_404(current_person(), feedback_id)
    form = FeedbackForm()
    page = _page(feedback.pairing, feedback)
    if request.method == "GET":
        form.show(feedback)
        return render_template("feedback/give.html", form=form, **page)
    if not form.validate():
        return unfinished("feedback/give.html", form, **page)
    try:
        _write("amend", form.fields(), feedback)
    except Conflict:
        return _both_versions(form, own_feedback_or_404(current_person(), feedback_id))
    flash(_("Changed."))
    return redirect(url_for("feedback.give"), 303)


@room.post("/feedback/<uuid:feedback_id>/take-back")
def take_back(feedback_id: UUID) -> ResponseReturnValue:
    """Take back what one said."""
    if not RoomForm().validate_on_submit():
        abort(400)
    _write("take_back", NoFields(), written_by_or_404(current_person(), feedback_id))
    flash(_("Taken back. Nobody can read it any more."))
    return redirect(url_for("feedback.give"), 303)


@room.get("/programme/feedback")
@needs_role("coordinator")
def to_act() -> str:
    """What people asked their coordinator to act on, by name."""
    return render_template(
        "feedback/to_act_on.html", wishes=to_act_on(current_person()), swaps=open_swaps(current_person())
    )


@room.post("/programme/feedback/<uuid:feedback_id>/done")
@needs_role("coordinator")
def acted_on(feedback_id: UUID) -> ResponseReturnValue:
    """The coordinator marks as done what somebody asked her to act on."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        wish = next((each for each in to_act_on(current_person()) if each.id == feedback_id), None)
        if wish is None:
            abort(404)
        mark_acted_on(current_person(), wish)
    flash(_("Marked as done."))
    return redirect(url_for("feedback.to_act"), 303)


@room.app_template_global()
def empty_feedback() -> FeedbackForm:
    """The form for a shell, which the phone fills in."""
    return FeedbackForm(formdata=None, meta={"csrf": False})


def _chosen() -> Pairing | None:
    person = current_person()
    if said := request.args.get("pairing"):
        return pairing_or_404(person, _uuid_or_404(said))
    active = active_pairings_of(person)
    return active[0] if len(active) == 1 else None


def _page(pairing: Pairing | None, feedback: Feedback | None = None) -> dict[str, object]:
    person = current_person()
    if request.method == "POST":
        hidden = FormFields.posted(request.form)
    else:
        hidden = FormFields.fresh(feedback.id, feedback.head) if feedback else FormFields.fresh()
    return {
        "pairing": pairing,
        "partner": pairing.partner_of(person) if pairing else None,
        "pairings": active_pairings_of(person),
        "changing": feedback,
        "hidden": hidden,
        "said": given_by(person),
        "recovered": recovered_for(person),
    }


def _both_versions(form: FeedbackForm, feedback: Feedback) -> ResponseReturnValue:
    """Nothing is overwritten: the other version stands beside the words just typed, which may be saved over it."""
    form.words.errors = [_("You changed this on another phone. Both versions are here. Save the one you want to keep.")]
    page = _page(feedback.pairing, feedback) | {"hidden": FormFields.fresh(feedback.id, feedback.head)}
    return unfinished("feedback/give.html", form, other=feedback, **page)


def _write(action: str, fields: BaseModel, feedback: Feedback | None = None) -> None:
    hidden = FormFields.posted(request.form)
    if feedback is not None:
        hidden = FormFields(hidden.op_id, feedback.id, hidden.parent)
    try:
        with writing():
            author = current_person()
            said = fields.model_dump(mode="json")
            written = form_write(author.id, author.zone, hidden, "feedback", action, said)
            if written:
                DO[action](author, written, fields)  # type: ignore[operator]
    except (Refused, Gone):
        abort(404)


def _uuid_or_404(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        abort(404)
