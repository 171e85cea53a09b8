"""The second door: a code after the password, wherever somebody signs in."""

from __future__ import annotations

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.people.devices import likely_kind
from webapp.people.forms import DoorCodeForm, SignInForm
from webapp.people.half_way import CodeNeeded, half_way
from webapp.people.slowness import slow_down
from webapp.people.throttle import TooManyTries
from webapp.people.views.letting_in import let_in_with_code
from webapp.people.views.room import local_path, room
from webapp.people.views.second_step import wrong_code
from webapp.people.views.sign_in import PAGE as SIGN_IN
from webapp.people.views.sign_in import around_the_form, go_on
from webapp.web import Problem, problem, public, unfinished

PAGE = "people/second_door.html"


@room.app_errorhandler(CodeNeeded)
def ask_for_code(needed: CodeNeeded) -> ResponseReturnValue:
    """Whichever door it was, this page comes next; a script is told in JSON."""
    if request.is_json:
        return problem(Problem(403, "second_step"))
    form = DoorCodeForm(
        formdata=None,
        ticket=needed.ticket,
        next=local_path(request.form.get("next")),
        kept=request.form.get("kept", ""),
    )
    return render_template(PAGE, form=form)


@room.post("/sign-in/code")
@public
def enter_with_code() -> ResponseReturnValue:
    """The code of the app, or a recovery code; then on to where one was going."""
    form = DoorCodeForm()
    waiting = half_way(form.ticket.data or "")
    if waiting is None:
        return _begin_again(form)
    if not form.validate_on_submit():
        return unfinished(PAGE, form)
    try:
        person = let_in_with_code(waiting, form.code.data)
    except TooManyTries as tries:
        return slow_down(PAGE, form, tries)
    if person is None:
        form.code.errors = [wrong_code()]
        return unfinished(PAGE, form)
    return go_on(person, form.kept.data, form.next.data)


def _begin_again(form: DoorCodeForm) -> ResponseReturnValue:
    """Too late, or another password since: what was typed before goes back into the sign-in page."""
    again = SignInForm(formdata=None, kind=likely_kind(), next=local_path(form.next.data), kept=form.kept.data or "")
    again.password.errors = [_("That took too long. Please write your password again.")]
    return make_response(render_template(SIGN_IN, form=again, **around_the_form()), 422)
