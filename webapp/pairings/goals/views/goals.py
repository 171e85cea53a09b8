"""The goals and skills of a pair; the mentee sets a new one."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import FormFields, Refused
from webapp.pairings.goals.actions import set_goal
from webapp.pairings.goals.forms import GoalForm
from webapp.pairings.goals.reads import goals_of
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import about, keep, over
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/ours/goals.html"


@room.route("/pair/<uuid:pairing_id>/goals", methods=["GET", "POST"])
def goals(pairing_id: UUID) -> ResponseReturnValue:
    """What stands and what was reached; a form for one more, for the mentee."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    form = GoalForm()
    shown = {"goals": goals_of(pairing), **about(pairing)}
    if request.method == "GET":
        return render_template(PAGE, form=form, hidden=FormFields.fresh(), **shown)
    if current_person().id != pairing.mentee_id:
        abort(404)
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(PAGE, form, hidden=hidden, **shown)
    try:
        keep("goal", "set", set_goal, pairing_id, form.fields())
    except Refused as refused:
        closed = refused.reason in ("pairing_ended", "pairing_held")
        again = _("This was kept before. Save once more to keep it as another goal.")
        form.words.errors = [over(refused) if closed else again]
        return unfinished(PAGE, form, hidden=FormFields.fresh(), **shown)
    flash(_("Kept. You both see it."))
    return redirect(url_for("pairings.goals", pairing_id=pairing_id), 303)
