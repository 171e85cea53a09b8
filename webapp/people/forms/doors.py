"""The forms at the door: nobody is signed in yet."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from webapp.people.forms.choices import LanguageField, WhoseDeviceField, ZoneField
from webapp.people.rules import weakness_of
from webapp.web import RoomForm

WEAKNESSES = {
    "short": _("Use 12 letters or more."),
    "long": _("That is too long. Use 500 letters at most."),
    "obvious": _("Others guess that first. Choose other words."),
    "own": _("Use more than your own name. Others guess that first."),
}
UNKNOWN_CODE = _("This code is wrong or too old. Check what you typed.")


class Press(RoomForm):
    """A single button: only the token is checked."""


class IdentifierField(StringField):  # type: ignore[misc]
    """E-mail or staff number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            _("E-mail or staff number"),
            [InputRequired(_("Write your e-mail or staff number.")), Length(max=254)],
            **kwargs,
        )


class SignInForm(RoomForm):
    """`next` is where to go; `kept` holds, sealed, what somebody had typed when their sign-in ended."""

    identifier = IdentifierField()
    password = PasswordField(_("Password"), [InputRequired(_("Write your password."))])
    kind = WhoseDeviceField()
    next = HiddenField()
    kept = HiddenField()


class ForgottenForm(RoomForm):
    identifier = IdentifierField()


class JoinCodeForm(RoomForm):
    identifier = IdentifierField()
    code = StringField(_("Code"), [InputRequired(_("Write the code from your invitation.")), Length(max=40)])


class ContinueForm(RoomForm):
    identifier = IdentifierField()
    code = StringField(_("The eight digits"), [InputRequired(_("Write the eight digits.")), Length(max=40)])


class StrongPasswordField(PasswordField):  # type: ignore[misc]
    """A new password. The form's `own_words` are what it must not consist of."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label or _("Choose a password"), [InputRequired(_("Choose a password."))], **kwargs)

    def pre_validate(self, form: Any) -> None:
        weakness = weakness_of(self.data or "", *getattr(form, "own_words", ()))
        if weakness:
            raise ValidationError(WEAKNESSES[weakness])


class NewPasswordForm(RoomForm):
    own_words: tuple[str, ...] = ()
    password = StrongPasswordField()
    kind = WhoseDeviceField()


class JoinForm(NewPasswordForm):
    lang = LanguageField(_("Language"))
    zone = ZoneField(_("Your time zone"))
