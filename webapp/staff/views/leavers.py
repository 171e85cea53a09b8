"""The page of people who left: still here after all, or their accounts closed, many at once and looked at before."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.database import writing
from webapp.people import ManyForm, current_person
from webapp.staff.leaving import close_those, keep_here, leavers
from webapp.staff.views.room import importers_only, room
from webapp.web import unfinished

PAGE = "staff/leavers.html"
ON_A_PAGE = 100  # and that many accounts are closed at once


@room.get("/staff/leavers")
@importers_only
def show_leavers() -> str:
    """Who was flagged and still has an open account."""
    return render_template(PAGE, form=None, **_shown())


@room.post("/staff/leavers")
@importers_only
def decide_on_leavers() -> ResponseReturnValue:
    """With "stay" they are still here. With "close" it shows what would happen, with "sure" it does."""
    form, do, person = ManyForm(), request.form.get("do"), current_person()
    if do not in ("stay", "close", "sure") or (do != "stay" and "administrator" not in person.roles):
        abort(404)
    if not form.validate_on_submit():
        return unfinished(PAGE, form, **_shown())
    chosen = [each for each in leavers(person) if each.id in form.ids][:ON_A_PAGE]
    if do == "close":
        return render_template("staff/close_many.html", people=chosen)
    ids = {each.id for each in chosen}
    with writing():
        count = keep_here(current_person(), ids) if do == "stay" else close_those(current_person(), ids)
    if do == "stay":
        flash(ngettext("%(num)s person is still here.", "%(num)s people are still here.", count))
    else:
        flash(ngettext("%(num)s account was closed.", "%(num)s accounts were closed.", count))
    if count < len(chosen):
        flash(_("One account stays open: there must be an administrator, and nobody closes their own."))
    return redirect("/staff/leavers", 303)


def _shown() -> dict[str, object]:
    everybody = leavers(current_person())
    return {
        "people": everybody[:ON_A_PAGE],
        "more": max(0, len(everybody) - ON_A_PAGE),
        "ticked": set(request.form.getlist("person")),
        "tick_all": "tick" in request.args,
    }
