"""The door: signing in by form or by script, signing out, and being asked to sign in without losing what was typed."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webapp.config import current_settings
from webapp.database import db, writing
from webapp.people.devices import likely_kind, name_of_this_device
from webapp.people.directory import demo_people, demo_person_or_404
from webapp.people.forms import Press, SignInForm
from webapp.people.half_way import CodeNeeded, half_way
from webapp.people.kept import keep_post, open_kept
from webapp.people.models import OWN, SHARED, Person, the_organisation
from webapp.people.sessions import current_sign_in, sign_in_here, sign_out_here
from webapp.people.slowness import slow_down, slow_down_by_json
from webapp.people.throttle import TooManyTries
from webapp.people.views.letting_in import SomebodyElses, let_in, let_in_with_code
from webapp.people.views.room import go_to, local_path, room
from webapp.web import Problem, public, unfinished

PAGE = "people/sign_in.html"


class ScriptedSignIn(BaseModel):
    """What the dialog on a page sends: signing in again in place."""

    model_config = ConfigDict(extra="ignore")
    identifier: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=2000)
    kind: str = Field(default=SHARED, pattern=f"^({OWN}|{SHARED})$")
    code: str = Field(default="", max_length=40)


@room.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page; on to where one was going when one is signed in already."""
    wish = local_path(request.args.get("next"))
    if current_sign_in() is not None:
        return redirect(wish)
    form = SignInForm(formdata=None, kind=likely_kind(), next=wish)
    return render_template(PAGE, form=form, **around_the_form())


@room.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Sign in. Every failure says the same, and takes as long."""
    if request.is_json:
        return _enter_by_script()
    form = SignInForm()
    if not form.validate_on_submit():
        return unfinished(PAGE, form, **around_the_form())
    try:
        person = let_in(form.identifier.data, form.password.data, form.kind.data, form.kept.data)
    except TooManyTries as tries:
        return slow_down(PAGE, form, tries, **around_the_form())
    except SomebodyElses:
        return unfinished(PAGE, form, somebody_elses=True, **around_the_form())
    if person is None:
        form.password.errors = [_("That e-mail or staff number and that password do not match.")]
        return unfinished(PAGE, form, **around_the_form())
    return go_on(person, form.kept.data, form.next.data)


def go_on(person: Person, kept: str | None, wish: str | None) -> ResponseReturnValue:
    """After signing in: with the words typed before, else where one was going."""
    post = open_kept(kept, person) if kept else None
    if post is not None:
        return render_template("people/go_on.html", kept=post)
    return go_to(local_path(wish))


@room.post("/sign-in/demo")
@public
def enter_demo() -> ResponseReturnValue:
    """Sign in as an invented person with one tap, where the database carries the demo mark."""
    organisation = the_organisation()
    if organisation is None or organisation.demo_since is None or not current_settings().local:
        abort(404)
    person_id = demo_person_or_404(request.form.get("person", "")).id
    if not Press().validate_on_submit():
        return go_to("/sign-in")
    with writing():
        sign_in_here(db.session.get_one(Person, person_id), OWN, name_of_this_device())
    return go_to(local_path(request.form.get("next")))


@room.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out here. Nothing to do for nobody."""
    if current_sign_in() is not None:
        if not Press().validate_on_submit():
            return go_to("/settings")
        with writing():
            sign_out_here()
        flash(_("You are signed out."))
    return go_to("/")


def ask_to_sign_in() -> ResponseReturnValue:
    """What a page answers nobody: the sign-in page, which keeps what was posted."""
    if request.method in ("GET", "HEAD"):
        path = request.full_path.removesuffix("?")
        return redirect(f"/sign-in?next={quote(path)}" if path != "/" else "/sign-in", 303)
    form = SignInForm(formdata=None, kind=likely_kind(), kept=keep_post(), next="/")
    return make_response(render_template(PAGE, form=form, **around_the_form()), 401)


def _enter_by_script() -> Response:
    try:
        said = ScriptedSignIn.model_validate(request.get_json(silent=True))
    except ValidationError as error:
        wrong = [
            {"field": str(each["loc"][0] if each["loc"] else ""), "message": each["type"]} for each in error.errors()
        ]
        raise Problem(422, "invalid", errors=wrong) from None
    try:
        person = _let_in_by_script(said)
    except TooManyTries as tries:
        return slow_down_by_json(tries)
    if person is None:
        raise Problem(403, "wrong_code" if said.code else "wrong_password")
    return make_response({"ok": True})


def _let_in_by_script(said: ScriptedSignIn) -> Person | None:
    """Password and code at once, where a code was asked for. Raises `TooManyTries`, and `CodeNeeded` without a code."""
    try:
        return let_in(said.identifier, said.password, said.kind)
    except CodeNeeded as needed:
        waiting = half_way(needed.ticket)
        if not said.code or waiting is None:
            raise
    return let_in_with_code(waiting, said.code)


def around_the_form() -> dict[str, object]:
    """What stands beside the form: the invented people, in a demonstration."""
    organisation = the_organisation()
    invented = demo_people() if organisation and organisation.demo_since and current_settings().local else {}
    return {"demo_people": invented}
