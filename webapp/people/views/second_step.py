"""One's own second step: setting it up, new recovery codes, turning it off, and what a shut page says without it."""

from __future__ import annotations

from flask import flash, make_response, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.database import writing
from webapp.people import passwords, second_factor, throttle, totp
from webapp.people.forms import CodeForm, OwnPasswordForm, Press, TurnOffForm
from webapp.people.models import the_organisation
from webapp.people.pictures import qr_code
from webapp.people.sessions import current_person, current_sign_in
from webapp.people.slowness import slow_down
from webapp.people.throttle import TooManyTries
from webapp.people.views.letting_in import count_a_code
from webapp.people.views.room import go_to, room
from webapp.web import unfinished

PAGE, SET_UP, ASK_CODES, CODES, OFF = (
    "people/second_step.html",
    "people/second_step_set_up.html",
    "people/second_step_new_codes.html",
    "people/second_step_codes.html",
    "people/second_step_off.html",
)
HOME = "/settings/second-step"


class SecondStepFirst(Exception):
    """The organisation requires a second step for this person's roles, and there is none yet."""


@room.get("/settings/second-step")
def second_step() -> str:
    """What it is, and whether it is on."""
    return render_template(PAGE, form=OwnPasswordForm(formdata=None), **_state())


@room.post("/settings/second-step")
def begin_second_step() -> ResponseReturnValue:
    """After the password: the secret as a picture and to type, and the form for the first code."""
    form = OwnPasswordForm()
    if not form.validate_on_submit():
        return unfinished(PAGE, form, **_state())
    try:
        counted = _counted_password(form)
    except TooManyTries as tries:
        return slow_down(PAGE, form, tries, **_state())
    if counted is None:
        return unfinished(PAGE, form, **_state())
    with writing():
        throttle.forgive(counted)
        second_factor.begin(current_person())
    return _show_secret(CodeForm(formdata=None))


@room.post("/settings/second-step/confirm")
def confirm_second_step() -> ResponseReturnValue:
    """The first code turns it on; then the recovery codes are shown, this once."""
    form = CodeForm()
    if second_factor.begun_secret(current_person()) is None:
        return go_to(HOME)
    if not form.validate_on_submit():
        return _show_secret(form)
    with writing():
        codes = second_factor.confirm(current_person(), form.code.data)
        here = current_sign_in()
        if codes and here is not None:
            second_factor.remember_device(here.device)
    if codes is None:
        form.code.errors = [_("This code does not fit. Wait for the next one in the app and type it.")]
        return _show_secret(form)
    return render_template(CODES, codes=codes, fresh=True)


@room.get("/settings/second-step/codes")
def ask_for_recovery_codes() -> ResponseReturnValue:
    """Whoever asks for new recovery codes still has the app, or one of the old ones."""
    if not second_factor.is_on(current_person()):
        return go_to(HOME)
    return render_template(ASK_CODES, form=CodeForm(formdata=None))


@room.post("/settings/second-step/codes")
def make_recovery_codes() -> ResponseReturnValue:
    """New recovery codes; the old ones open nothing any more."""
    form = CodeForm()
    if not second_factor.is_on(current_person()):
        return go_to(HOME)
    if not form.validate_on_submit():
        return unfinished(ASK_CODES, form)
    try:
        counted = count_a_code(current_person())
    except TooManyTries as tries:
        return slow_down(ASK_CODES, form, tries)
    codes = None
    with writing():
        person = current_person()
        if second_factor.use_code(person, form.code.data):
            throttle.forgive(counted)
            codes = second_factor.new_recovery_codes(person)
    if codes is None:
        form.code.errors = [wrong_code()]
        return unfinished(ASK_CODES, form)
    return render_template(CODES, codes=codes, fresh=False)


@room.get("/settings/second-step/off")
def ask_to_turn_off() -> ResponseReturnValue:
    if not second_factor.is_on(current_person()):
        return go_to(HOME)
    return render_template(OFF, form=TurnOffForm(formdata=None))


@room.post("/settings/second-step/off")
def turn_off_second_step() -> ResponseReturnValue:
    """Off again: needs the password and a code."""
    form = TurnOffForm()
    if not second_factor.is_on(current_person()):
        return go_to(HOME)
    if not form.validate_on_submit():
        return unfinished(OFF, form)
    try:
        password = _counted_password(form)
        code = count_a_code(current_person()) if password else None
    except TooManyTries as tries:
        return slow_down(OFF, form, tries)
    if password is None or code is None:
        return unfinished(OFF, form)
    with writing():
        throttle.forgive(password)
        person = current_person()
        right = second_factor.use_code(person, form.code.data)
        if right:
            throttle.forgive(code)
            second_factor.turn_off(person, person)
    if not right:
        form.code.errors = [wrong_code()]
        return unfinished(OFF, form)
    flash(_("The second step is off."))
    return go_to(HOME)


@room.post("/settings/second-step/later")
def set_up_later() -> ResponseReturnValue:
    """Not now: the desk asks again in 14 days."""
    if Press().validate_on_submit():
        with writing():
            current_person().second_step_later_at = now()
    return go_to("/")


@room.app_errorhandler(SecondStepFirst)
def _say_what_comes_first(_error: SecondStepFirst) -> ResponseReturnValue:
    return make_response(render_template("people/second_step_first.html"), 403)


@room.app_template_global()
def second_step_is_wanted() -> bool:
    """Whether the desk asks for it now."""
    return second_factor.is_wanted_of(current_person())


@room.record_once
def _shut_the_desk(state: BlueprintSetupState) -> None:
    state.app.extensions["before_desk"] = _refuse_without_second_step


def wrong_code() -> str:
    return str(_("This code does not fit, or it was used already. Wait for the next one, or use a recovery code."))


def _refuse_without_second_step() -> None:
    if second_factor.is_missing(current_person()):
        raise SecondStepFirst


def _state() -> dict[str, object]:
    person = current_person()
    return {
        "since": second_factor.confirmed_since(person),
        "left": second_factor.recovery_codes_left(person),
        "required_from": second_factor.required_from() if person.roles & second_factor.ASKED_OF else None,
    }


def _show_secret(form: CodeForm) -> ResponseReturnValue:
    person, organisation = current_person(), the_organisation()
    secret = second_factor.begun_secret(person)
    if secret is None:
        return go_to(HOME)
    name = organisation.name if organisation else "Friendtor"
    picture = qr_code(totp.app_link(secret, name, person.email or person.staff_number or person.name))
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    around = {"picture": picture, "secret": groups}
    return unfinished(SET_UP, form, **around) if form.errors else render_template(SET_UP, form=form, **around)


def _counted_password(form: OwnPasswordForm) -> throttle.Try | None:
    """The try, to forgive; None when this is not the person's password. Raises `TooManyTries`."""
    person = current_person()
    counted = throttle.count_a_try("second-step-password", str(person.id))
    if passwords.is_password_of(person, form.password.data):
        return counted
    form.password.errors = [_("This is not your password.")]
    return None
