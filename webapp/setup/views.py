"""The set-up page. Until it is done, every other page leads here; afterwards it is not found."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.config import current_settings
from webapp.database import db, writing
from webapp.people import (
    TooManyTries,
    count_a_try,
    forgive,
    hash_of_password,
    name_of_this_device,
    qr_code,
    sign_in_here,
    slow_down,
)
from webapp.setup.actions import AlreadyDone, FirstStart, is_needed, set_up
from webapp.setup.code import forget_code
from webapp.setup.forms import SetUpForm
from webapp.web import public, unfinished

room = Blueprint("setup", __name__)
PAGE = "setup/set_up.html"
NOT_FOR_PEOPLE = (
    "/set-up",
    "/.well-known",
    "/static",
    "/shell",
    "/healthz",
    "/sync",
    "/push",
    "/service-worker.js",
    "/manifest.webmanifest",
    "/help-now",
    "/design",
)


@room.before_app_request
def _set_up_first() -> ResponseReturnValue | None:
    if request.path.startswith(NOT_FOR_PEOPLE) or is_done():
        return None
    return redirect("/set-up", 303)


@room.get("/set-up")
@public
def ask() -> str:
    """The form, as long as there is nobody."""
    if is_done():
        abort(404)
    settings = current_settings()
    form = SetUpForm(formdata=None, lang=settings.default_lang, zone=settings.default_zone, kind="shared")
    return render_template(PAGE, form=form)


@room.post("/set-up")
@public
def begin() -> ResponseReturnValue:
    """Make everything at once, sign the administrator in, and say what comes next."""
    if is_done():
        return redirect("/", 303)
    form = SetUpForm()
    try:
        counted = count_a_try("set-up", "code")
    except TooManyTries as tries:
        return slow_down(PAGE, form, tries)
    if not form.validate_on_submit():
        return unfinished(PAGE, form)
    first, device = _first_start(form), name_of_this_device()
    try:
        with writing():
            forgive(counted)
            begun = set_up(first)
            db.session.flush()
            sign_in_here(begun.administrator, form.kind.data, device)
    except AlreadyDone:
        return redirect("/", 303)
    forget_code()
    picture = qr_code(begun.ticket.link) if begun.ticket else ""
    return render_template("setup/done.html", begun=begun, picture=picture)


def is_done() -> bool:
    """Whether there is somebody: once true, it stays true and is not asked again."""
    if not current_app.extensions.get("set_up_done"):
        current_app.extensions["set_up_done"] = not is_needed()
    return bool(current_app.extensions["set_up_done"])


def _first_start(form: SetUpForm) -> FirstStart:
    return FirstStart(
        organisation=form.organisation.data,
        sender_name=form.sender_name.data,
        lang=form.lang.data,
        zone=form.zone.data,
        site=form.site.data,
        unit=form.unit.data,
        name=form.name.data,
        email=form.email.data,
        password_hash=hash_of_password(form.password.data),
        programme=form.programme.data,
        coordinates=form.coordinates.data,
        coordinator_name=form.coordinator_name.data,
        coordinator_email=form.coordinator_email.data,
    )
