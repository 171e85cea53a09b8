"""The one form of the first start."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from webapp.people import EMAIL, LanguageField, StrongPasswordField, WhoseDeviceField, ZoneField
from webapp.setup.code import is_code
from webapp.web import RoomForm


class SetUpForm(RoomForm):
    """Code, organisation, first place, administrator, first programme."""

    code = StringField(_("Start code"), [InputRequired(_("Write the start code."))])
    organisation = StringField(
        _("Name of the hospital"), [InputRequired(_("Write the name of the hospital.")), Length(max=120)]
    )
    sender_name = StringField(_("Short name on phones"), [InputRequired(_("Write a short name.")), Length(max=40)])
    lang = LanguageField(_("Language"))
    zone = ZoneField(_("Which time zone is it in?"))
    site = StringField(_("First site"), [InputRequired(_("Write the name of a site.")), Length(max=120)])
    unit = StringField(_("First unit"), [InputRequired(_("Write the name of a unit.")), Length(max=120)])
    name = StringField(_("Your name"), [InputRequired(_("Write your name.")), Length(max=120)])
    email = StringField(_("Your e-mail"), [InputRequired(_("Write your e-mail.")), Length(max=254)])
    password = StrongPasswordField()
    kind = WhoseDeviceField()
    programme = StringField(
        _("Name of the first programme"), [InputRequired(_("Write the name of the programme.")), Length(max=120)]
    )
    coordinates = BooleanField(_("I coordinate it myself"))
    coordinator_name = StringField(_("Name of another coordinator"), [Length(max=120)])
    coordinator_email = StringField(_("Their e-mail"), [Length(max=254)])

    @property
    def own_words(self) -> tuple[str, ...]:
        return (self.name.data or "", self.email.data or "", self.organisation.data or "")

    def validate_code(self, field: Any) -> None:
        if not is_code(field.data):
            raise ValidationError(_("This is not the start code. Friendtor makes a new one every time it starts."))

    def validate_email(self, field: Any) -> None:
        _whole_email(field)

    def validate_coordinates(self, field: Any) -> None:
        if not field.data and not self.coordinator_email.data:
            raise ValidationError(_("A programme needs a coordinator: you, somebody else, or both."))

    def validate_coordinator_name(self, field: Any) -> None:
        if self.coordinator_email.data and not field.data:
            raise ValidationError(_("Write their name."))

    def validate_coordinator_email(self, field: Any) -> None:
        if field.data:
            _whole_email(field)
            if field.data.lower() == (self.email.data or "").lower():
                raise ValidationError(_("This is your own e-mail."))
        elif self.coordinator_name.data:
            raise ValidationError(_("Write their e-mail."))


def _whole_email(field: Any) -> None:
    if not EMAIL.fullmatch(field.data):
        raise ValidationError(_("Write the whole e-mail, such as name@hospital.org."))
