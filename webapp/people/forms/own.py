"""The forms of one's own settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import PasswordField
from wtforms.validators import InputRequired

from webapp.people.forms.choices import LanguageField, ZoneField
from webapp.people.forms.doors import StrongPasswordField
from webapp.web import RoomForm


class SettingsForm(RoomForm):
    lang = LanguageField(_("Language"))
    zone = ZoneField(_("Your time zone"))


class ChangePasswordForm(RoomForm):
    own_words: tuple[str, ...] = ()
    old = PasswordField(_("Your password now"), [InputRequired(_("Write your password."))])
    password = StrongPasswordField(_("New password"))


class AskPhoneCodeForm(RoomForm):
    """The password is asked for only on a shared device that may have been left alone."""

    password = PasswordField(_("Your password"))
