"""The forms of asking to take part, and of letting people ask."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from webapp.people import EMAIL
from webapp.web import RoomForm

DOMAIN = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+")


class AskForm(RoomForm):
    """Who asks, and as what. The code comes with the poster's picture, or is typed."""

    name = StringField(_("Your name"), [InputRequired(_("Write the name.")), Length(max=120)])
    email = StringField(_("Your work e-mail"), [Length(max=254)])
    staff_number = StringField(_("Or your staff number"), [Length(max=40)])
    role = RadioField(
        _("What would you like?"),
        [InputRequired(_("Choose one."))],
        choices=[
            SelectChoice("mentee", _("To have a mentor")),
            SelectChoice("mentor", _("To be a mentor")),
        ],
    )
    code = StringField(_("Code on the poster"), [Length(max=40)])

    def validate_email(self, field: StringField) -> None:
        if not field.data and not self.staff_number.data:
            raise ValidationError(_("Write an e-mail or a staff number."))
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(_("Write the whole e-mail, such as name@hospital.org."))

    def validate_staff_number(self, field: StringField) -> None:
        if "@" in (field.data or ""):
            raise ValidationError(_("A staff number has no @. Is this an e-mail?"))


class AnswerForm(RoomForm):
    """The code that somebody got when they asked."""

    code = StringField(_("Your code"), [InputRequired(_("Type the code that you got when you asked.")), Length(max=40)])


class DoorForm(RoomForm):
    """Whether people may ask, and from which e-mails without a code."""

    is_open = BooleanField(_("People may ask to take part"))
    domains = StringField(_("E-mail domains"), [Length(max=400)])

    def validate_domains(self, field: StringField) -> None:
        for each in self.chosen:
            if not DOMAIN.fullmatch(each):
                raise ValidationError(_("Write domains such as hospital.org, with a space between them."))

    @property
    def chosen(self) -> list[str]:
        return [each.lstrip("@") for each in re.split(r"[\s,;]+", (self.domains.data or "").lower()) if each]
