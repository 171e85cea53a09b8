"""The forms of the second step."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.web import RoomForm

CODE = [InputRequired(_("Write the code.")), Length(max=40, message=_("This code is too long. Check what you typed."))]


class CodeForm(RoomForm):
    """A code of the app, or a recovery code."""

    code = StringField(_("Code"), CODE)


class DoorCodeForm(CodeForm):
    """The same at the door: `ticket` says who, `next` and `kept` as on the sign-in page."""

    ticket = HiddenField()
    next = HiddenField()
    kept = HiddenField()


class OwnPasswordForm(RoomForm):
    """One's own password, before something that a stranger at an open screen must not do."""

    password = PasswordField(_("Your password"), [InputRequired(_("Write your password."))])


class TurnOffForm(OwnPasswordForm):
    """Turning it off needs both."""

    code = StringField(_("Code"), CODE)
