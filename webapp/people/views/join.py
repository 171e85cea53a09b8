"""Joining: by the link of an invitation or by its typed code, then a password."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, render_template, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import db, writing
from webapp.people import passwords, throttle
from webapp.people.devices import likely_kind, name_of_this_device
from webapp.people.forms import JoinCodeForm, JoinForm
from webapp.people.invitations import invitation_by_code, invitation_by_id, invitation_by_token, join, mark_opened
from webapp.people.models import Invitation
from webapp.people.sessions import sign_in_here
from webapp.people.slowness import slow_down
from webapp.people.throttle import TooManyTries
from webapp.people.views.letting_in import is_second_tap
from webapp.people.views.room import go_to, room
from webapp.web import public, unfinished

JOINING = "joining"


@room.get("/join/<token>")
@public
def follow_invitation(token: str) -> ResponseReturnValue:
    """The link of an invitation. It leads on to an address without the token, which then stands in no history."""
    invitation = invitation_by_token(token)
    if invitation is None:
        return link_is_over()
    _remember(invitation)
    _note_opened(invitation)
    return go_to("/join/password")


@room.get("/join")
@public
def type_code() -> str:
    """For whoever has a code on paper."""
    return render_template("people/join.html", form=JoinCodeForm(formdata=None))


@room.post("/join")
@public
def send_code() -> ResponseReturnValue:
    """A typed code opens only together with the e-mail or staff number."""
    form = JoinCodeForm()
    if not form.validate_on_submit():
        return unfinished("people/join.html", form)
    try:
        counted = throttle.count_a_try("join", form.identifier.data.casefold())
    except TooManyTries as tries:
        return slow_down("people/join.html", form, tries)
    invitation = invitation_by_code(form.identifier.data, form.code.data)
    if invitation is None:
        form.code.errors = [_("This code is wrong or too old. Check what you typed.")]
        return unfinished("people/join.html", form)
    _remember(invitation)
    with writing():
        throttle.forgive(counted)
        mark_opened(invitation.id)
    return go_to("/join/password")


@room.get("/join/password")
@public
def choose_first_password() -> ResponseReturnValue:
    """The last step: a password, a language, a time zone."""
    invitation = _invitation()
    if invitation is None:
        return link_is_over()
    person = invitation.person
    form = JoinForm(formdata=None, kind=likely_kind(), lang=person.lang, zone=person.zone)
    return render_template("people/join_password.html", form=form, joining=person)


@room.post("/join/password")
@public
def finish_joining() -> ResponseReturnValue:
    """Joined, and signed in."""
    invitation, form = _invitation(), JoinForm()
    if invitation is None:
        return _done_already(form)
    form.own_words = (invitation.person.name, invitation.person.email or "")
    if not form.validate_on_submit():
        return unfinished("people/join_password.html", form, joining=invitation.person)
    invitation_id, hashed, device = invitation.id, passwords.hash_of(form.password.data), name_of_this_device()
    with writing():
        still_good = invitation_by_id(invitation_id, take=True)
        if still_good is not None:
            person = join(still_good, hashed, form.lang.data, form.zone.data)
            db.session.flush()
            sign_in_here(person, form.kind.data, device)
    return go_to("/") if still_good is not None else _done_already(form)


def link_is_over() -> ResponseReturnValue:
    """What an old or used link says: nothing about anybody."""
    return make_response(render_template("people/link_over.html"), 410)


def _note_opened(invitation: Invitation) -> None:
    if invitation.opened_at is None:
        with writing():
            mark_opened(invitation.id)


def _remember(invitation: Invitation) -> None:
    """Which invitation this browser came with, in its signed cookie."""
    session[JOINING] = [str(invitation.id), invitation.person.email or invitation.person.staff_number]


def _invitation() -> Invitation | None:
    return invitation_by_id(UUID(session[JOINING][0])) if JOINING in session else None


def _done_already(form: JoinForm) -> ResponseReturnValue:
    return go_to("/") if is_second_tap(session.get(JOINING, ["", ""])[1], form) else link_is_over()
