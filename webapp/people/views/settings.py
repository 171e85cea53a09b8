"""One's own settings, and signing out other devices."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.clock import now
from webapp.database import db, writing
from webapp.mail import can_post
from webapp.people import passwords, throttle
from webapp.people.devices import sign_in_or_404, sign_out_device, sign_out_everywhere_else
from webapp.people.forms import ChangePasswordForm, Press, SettingsForm
from webapp.people.models import Person, SignIn
from webapp.people.resets import change_password
from webapp.people.sessions import current_person, current_sign_in, sign_out_here
from webapp.people.slowness import slow_down
from webapp.people.throttle import TooManyTries
from webapp.people.views.room import go_to, room
from webapp.web import unfinished

PAGE, PASSWORD = "people/settings.html", "people/change_password.html"


@room.get("/settings")
def settings() -> str:
    """Everything about oneself, and the way to the rest."""
    person = current_person()
    form = SettingsForm(formdata=None, lang=person.lang, zone=person.zone)
    return render_template(PAGE, form=form, can_post=can_post())


@room.post("/settings")
def save_settings() -> ResponseReturnValue:
    """Language and time zone; they count at once."""
    form = SettingsForm()
    if not form.validate_on_submit():
        return unfinished(PAGE, form, can_post=can_post())
    with writing():
        person = current_person()
        person.lang, person.zone = form.lang.data, form.zone.data
    with force_locale(form.lang.data):
        flash(_("Saved."))
    return go_to("/settings")


@room.post("/settings/mail")
def choose_mail() -> ResponseReturnValue:
    """Be written to where no device can be notified, or not: the button that was pressed says which."""
    if Press().validate_on_submit():
        with writing():
            current_person().mails_off_at = now() if request.form.get("mail") == "no" else None
        flash(_("Saved."))
    return go_to("/settings")


@room.get("/settings/password")
def password() -> str:
    return render_template(PASSWORD, form=ChangePasswordForm(formdata=None))


@room.post("/settings/password")
def save_password() -> ResponseReturnValue:
    """A new password ends every other sign-in."""
    form, person = ChangePasswordForm(), current_person()
    form.own_words = (person.name, person.email or "")
    if not form.validate_on_submit():
        return unfinished(PASSWORD, form)
    try:
        counted = throttle.count_a_try("change-password", str(person.id))
    except TooManyTries as tries:
        return slow_down(PASSWORD, form, tries)
    if not passwords.is_password_of(person, form.old.data):
        form.old.errors = [_("This is not your password.")]
        return unfinished(PASSWORD, form)
    hashed = passwords.hash_of(form.password.data)
    with writing():
        throttle.forgive(counted)
        change_password(db.session.get_one(Person, person.id), hashed, keep=current_sign_in())
    flash(_("You have a new password. Your other devices are signed out."))
    return go_to("/settings")


@room.post("/devices/<uuid:sign_in_id>/sign-out")
def sign_out_other(sign_in_id: UUID) -> ResponseReturnValue:
    """Sign out one of one's own devices; this one too, if it is this one."""
    sign_in = sign_in_or_404(current_person(), sign_in_id)
    here = current_sign_in()
    if not Press().validate_on_submit():
        return go_to("/devices")
    if here is not None and here.id == sign_in.id:
        with writing():
            sign_out_here()
        return go_to("/")
    with writing():
        sign_out_device(current_person(), db.session.get_one(SignIn, sign_in_id))
    flash(_("That device is signed out."))
    return go_to("/devices")


@room.post("/devices/sign-out-others")
def sign_out_others() -> ResponseReturnValue:
    """Sign out everywhere else: for a phone that was lost, or when in doubt."""
    here = current_sign_in()
    if here is not None and Press().validate_on_submit():
        with writing():
            sign_out_everywhere_else(current_person(), db.session.get_one(SignIn, here.id))
        flash(_("You are signed out everywhere else."))
    return go_to("/devices")
