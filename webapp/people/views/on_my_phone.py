""" "Continue on my phone": the code on one device, its entry on the other."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.database import db, writing
from webapp.people import passwords, throttle
from webapp.people.continuing import (
    continue_here,
    make_phone_code,
    phone_code_by_digits,
    phone_code_by_token,
    phone_just_signed_in,
)
from webapp.people.devices import name_of_this_device
from webapp.people.forms import AskPhoneCodeForm, ContinueForm, Press
from webapp.people.half_way import CodeNeeded
from webapp.people.models import SignIn
from webapp.people.pictures import qr_code
from webapp.people.sessions import current_sign_in
from webapp.people.slowness import slow_down
from webapp.people.throttle import TooManyTries
from webapp.people.views.join import link_is_over
from webapp.people.views.room import go_to, room
from webapp.web import public, unfinished

JUST_SIGNED_IN = timedelta(minutes=5)
ASK, ENTER = "people/continue.html", "people/continue_enter.html"


@room.get("/continue")
def ask_for_phone_code() -> ResponseReturnValue:
    """What this does, and a button; afterwards also whether the phone is signed in."""
    sign_in = _sign_in()
    done = phone_just_signed_in(sign_in.id)
    return render_template(ASK, form=AskPhoneCodeForm(formdata=None), needs_password=_left_alone(sign_in), done=done)


@room.post("/continue")
def show_phone_code() -> ResponseReturnValue:
    """The code, shown once. On a shared device that was left alone the password comes first."""
    form, sign_in = AskPhoneCodeForm(), _sign_in()
    needs_password = _left_alone(sign_in)
    if not form.validate_on_submit():
        return unfinished(ASK, form, needs_password=needs_password)
    if needs_password:
        try:
            counted = throttle.count_a_try("continue-ask", str(sign_in.person_id))
        except TooManyTries as tries:
            return slow_down(ASK, form, tries, needs_password=True)
        if not passwords.is_password_of(sign_in.person, form.password.data or ""):
            form.password.errors = [_("This is not your password.")]
            return unfinished(ASK, form, needs_password=True)
    with writing():
        if needs_password:
            throttle.forgive(counted)
        ticket = make_phone_code(db.session.get_one(SignIn, sign_in.id))
    return render_template("people/continue_code.html", ticket=ticket, picture=qr_code(ticket.link))


@room.get("/continue/enter")
@public
def type_phone_code() -> str:
    """On the phone: e-mail or staff number and the eight digits."""
    return render_template(ENTER, form=ContinueForm(formdata=None))


@room.post("/continue/enter")
@public
def enter_phone_code() -> ResponseReturnValue:
    form = ContinueForm()
    if not form.validate_on_submit():
        return unfinished(ENTER, form)
    try:
        counted = throttle.count_a_try("continue", form.identifier.data.casefold())
    except TooManyTries as tries:
        return slow_down(ENTER, form, tries)
    device = name_of_this_device()
    with writing():
        code = phone_code_by_digits(form.identifier.data, form.code.data)
        if code is not None:
            throttle.forgive(counted)
            ticket = continue_here(code, device)
    if code is None:
        form.code.errors = [_("These digits are wrong or too old. Ask for new ones on the other device.")]
        return unfinished(ENTER, form)
    return _welcome(ticket)


@room.get("/continue/<token>")
@public
def follow_phone_link(token: str) -> ResponseReturnValue:
    """The scanned link asks first: a camera that looks ahead signs nobody in."""
    code = phone_code_by_token(token)
    if code is None:
        return link_is_over()
    return render_template("people/continue_here.html", form=Press(formdata=None), coming=code.person)


@room.post("/continue/<token>")
@public
def enter_by_phone_link(token: str) -> ResponseReturnValue:
    if not Press().validate_on_submit():
        return follow_phone_link(token)
    device = name_of_this_device()
    with writing():
        code = phone_code_by_token(token, take=True)
        if code is not None:
            ticket = continue_here(code, device)
    return _welcome(ticket) if code is not None else link_is_over()


def _welcome(ticket: str) -> ResponseReturnValue:
    if ticket:
        raise CodeNeeded(ticket)
    flash(_("You are signed in on this phone now."))
    return go_to("/")


def _left_alone(sign_in: SignIn) -> bool:
    """Somebody else may stand at a shared device by now; whoever just signed in is still there."""
    has_password = sign_in.person.password_hash is not None
    return sign_in.shared and has_password and now() - sign_in.created_at > JUST_SIGNED_IN


def _sign_in() -> SignIn:
    sign_in = current_sign_in()
    if sign_in is None:
        raise RuntimeError("these pages are for people who are signed in")
    return sign_in
