"""Being open to it, to whom one was introduced, and what Today says of introductions."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.pairings.introductions.actions import be_open, be_open_no_more
from webapp.pairings.introductions.forms import OpenForm
from webapp.pairings.introductions.models import Introduction
from webapp.pairings.introductions.reads import introduced_to, introductions_for_today, may_be_open, openness_of
from webapp.pairings.page.views.posting import one_button_or_400
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/introductions/own.html"


@room.route("/introductions", methods=["GET", "POST"])
def introductions() -> ResponseReturnValue:
    """A mentor says what they are open to; everybody sees what waits for their answer and whom they met."""
    person = current_person()
    form = OpenForm()
    if request.method == "GET":
        openness = openness_of(person)
        if openness is not None:
            form.show(openness)
        return render_template(PAGE, form=form, **_shown())
    if not may_be_open(person):
        abort(404)
    if not form.validate():
        return unfinished(PAGE, form, **_shown())
    with writing():
        be_open(current_person(), form.fields())
    flash(_("Kept. Mentors of your programme can see it when they introduce somebody."))
    return redirect(url_for("pairings.introductions"), 303)


@room.post("/introductions/not-open")
def close_to_introductions() -> ResponseReturnValue:
    """Be open to it no more; also for who is no mentor any more."""
    if not may_be_open(current_person()) and openness_of(current_person()) is None:
        abort(404)
    one_button_or_400()
    with writing():
        be_open_no_more(current_person())
    flash(_("Taken back. Nobody is shown it any more."))
    return redirect(url_for("pairings.introductions"), 303)


@room.app_template_global()
def introductions_today() -> tuple[list[Introduction], list[Introduction]]:
    """Those that whoever is signed in may answer, and those that came about not long ago."""
    return introductions_for_today(current_person())


@room.app_template_global()
def may_be_introduced() -> bool:
    """Whether whoever is signed in may say that they are open to it."""
    return may_be_open(current_person())


def _shown() -> dict[str, Any]:
    person = current_person()
    to_answer, _news = introductions_for_today(person)
    return {
        "openness": openness_of(person),
        "may_be_open": may_be_open(person),
        "to_answer": to_answer,
        "met": introduced_to(person),
    }
