"""A forgotten password: asking for a link, following it, choosing a new password."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, session
from flask.typing import ResponseReturnValue

from webapp.database import db, writing
from webapp.mail import can_post
from webapp.people import passwords, throttle
from webapp.people.devices import likely_kind, name_of_this_device
from webapp.people.forms import ForgottenForm, NewPasswordForm
from webapp.people.half_way import CodeNeeded, sign_in_or_ask
from webapp.people.models import Person, ResetLink
from webapp.people.resets import mail_reset_link, reset_link_by_id, reset_link_by_token, reset_password
from webapp.people.slowness import slow_down
from webapp.people.throttle import TooManyTries
from webapp.people.views.join import link_is_over
from webapp.people.views.letting_in import is_second_tap
from webapp.people.views.room import go_to, room
from webapp.web import public, unfinished

RESETTING = "resetting"
PAGE = "people/forgotten.html"


@room.get("/reset")
@public
def forgotten() -> str:
    """Ask for a link to a new password."""
    return render_template(PAGE, form=ForgottenForm(formdata=None), by_mail=can_post())


@room.post("/reset")
@public
def send_reset_link() -> ResponseReturnValue:
    """The answer is the same whether or not we know the person."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return unfinished(PAGE, form, by_mail=can_post())
    try:
        throttle.count_a_try("reset", form.identifier.data.casefold())
    except TooManyTries as tries:
        return slow_down(PAGE, form, tries, by_mail=can_post())
    with writing():
        person = Person.by_identifier(form.identifier.data)
        if person is not None and person.is_active and person.password_hash:
            mail_reset_link(person)
    return render_template("people/forgotten_sent.html", by_mail=can_post())


@room.get("/reset/<token>")
@public
def follow_reset_link(token: str) -> ResponseReturnValue:
    """The link leads on to an address without the token."""
    link = reset_link_by_token(token)
    if link is None:
        return link_is_over()
    _remember(link)
    return go_to("/reset/password")


@room.get("/reset/password")
@public
def choose_new_password() -> ResponseReturnValue:
    link = _link()
    if link is None:
        return link_is_over()
    form = NewPasswordForm(formdata=None, kind=likely_kind())
    return render_template("people/new_password.html", form=form, resetting=link.person)


@room.post("/reset/password")
@public
def finish_reset() -> ResponseReturnValue:
    """The new password counts, every other sign-in ends, this one begins."""
    link, form = _link(), NewPasswordForm()
    if link is None:
        return _done_already(form)
    form.own_words = (link.person.name, link.person.email or "")
    if not form.validate_on_submit():
        return unfinished("people/new_password.html", form, resetting=link.person)
    link_id, hashed, device = link.id, passwords.hash_of(form.password.data), name_of_this_device()
    with writing():
        still_good = reset_link_by_id(link_id, take=True)
        if still_good is not None:
            person = reset_password(still_good, hashed)
            db.session.flush()
            ticket = sign_in_or_ask(person, form.kind.data, device)
    if still_good is None:
        return _done_already(form)
    if ticket:
        raise CodeNeeded(ticket)
    return go_to("/")


def _remember(link: ResetLink) -> None:
    """Which link this browser came with, in its signed cookie."""
    session[RESETTING] = [str(link.id), link.person.email or link.person.staff_number]


def _link() -> ResetLink | None:
    return reset_link_by_id(UUID(session[RESETTING][0])) if RESETTING in session else None


def _done_already(form: NewPasswordForm) -> ResponseReturnValue:
    return go_to("/") if is_second_tap(session.get(RESETTING, ["", ""])[1], form) else link_is_over()
