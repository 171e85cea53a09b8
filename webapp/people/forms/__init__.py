"""The forms of this room, by where they stand: at the door, in the settings, on the administrator's desk."""

from webapp.people.forms.choices import LANGUAGE_NAMES, ROLE_NAMES, LanguageField, WhoseDeviceField, ZoneField
from webapp.people.forms.desk import EMAIL, InviteForm, PersonForm, SiteForm, UnitForm
from webapp.people.forms.doors import (
    ContinueForm,
    ForgottenForm,
    JoinCodeForm,
    JoinForm,
    NewPasswordForm,
    Press,
    SignInForm,
    StrongPasswordField,
)
from webapp.people.forms.many import ManyForm
from webapp.people.forms.own import AskPhoneCodeForm, ChangePasswordForm, SettingsForm
from webapp.people.forms.second_step import CodeForm, DoorCodeForm, OwnPasswordForm, TurnOffForm

__all__ = [
    "EMAIL",
    "LANGUAGE_NAMES",
    "ROLE_NAMES",
    "AskPhoneCodeForm",
    "ChangePasswordForm",
    "CodeForm",
    "ContinueForm",
    "DoorCodeForm",
    "ForgottenForm",
    "InviteForm",
    "JoinCodeForm",
    "JoinForm",
    "LanguageField",
    "ManyForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "PersonForm",
    "Press",
    "SettingsForm",
    "SignInForm",
    "SiteForm",
    "StrongPasswordField",
    "TurnOffForm",
    "UnitForm",
    "WhoseDeviceField",
    "ZoneField",
]
