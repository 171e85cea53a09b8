"""The forms of introductions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from webapp.pairings.introductions.fields import AnswerFields, IntroduceFields, LedToFields, OpenFields
from webapp.pairings.introductions.models import OpenToIntroduction
from webapp.pairings.introductions.rules import ABOUT_LIMIT, LINE_LIMIT, WHY_LIMIT
from webapp.web import RoomForm

TOO_LONG = _("This is too long. Please keep it to 300 letters.")


class OpenForm(RoomForm):
    """What about, and how long."""

    about = StringField(
        _("What can people talk to you about?"),
        [
            DataRequired(_("Write a word or two.")),
            Length(max=ABOUT_LIMIT, message=_("This is too long. Please keep it to 120 letters.")),
        ],
    )
    minutes = RadioField(
        _("How long have you got for a first talk?"),
        [InputRequired(_("Choose how long."))],
        choices=[
            SelectChoice("5", _("5 minutes")),
            SelectChoice("10", _("10 minutes")),
            SelectChoice("15", _("15 minutes")),
            SelectChoice("30", _("30 minutes")),
        ],
    )

    def show(self, openness: OpenToIntroduction) -> None:
        self.about.data, self.minutes.data = openness.about, str(openness.minutes)

    def fields(self) -> OpenFields:
        return OpenFields.model_validate({"about": self.about.data, "minutes": int(self.minutes.data)})


class IntroduceForm(RoomForm):
    """To whom, and why in one line."""

    person = RadioField(_("To whom?"), validate_choice=False)
    why = TextAreaField(
        _("Why, in one line"),
        [DataRequired(_("Write a word or two.")), Length(max=WHY_LIMIT, message=TOO_LONG)],
    )

    def __init__(self, people: list[OpenToIntroduction], **given: Any) -> None:
        super().__init__(**given)
        self.person.choices = [(str(each.person_id), _said_of(each)) for each in people]

    def validate_person(self, field: RadioField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose somebody."))
        if field.data not in {value for value, *_rest in field.choices}:
            raise ValidationError(gettext("This person cannot be asked now. Choose somebody else."))

    def fields(self) -> IntroduceFields:
        return IntroduceFields(person=UUID(self.person.data), why=self.why.data or "")


class AnswerForm(RoomForm):
    """Yes, or not this time."""

    wants = RadioField(
        _("Would you like to meet?"),
        [InputRequired(_("Choose yes or no. Both are fine."))],
        choices=[SelectChoice("yes", _("Yes, please")), SelectChoice("no", _("Not this time"))],
    )

    def fields(self) -> AnswerFields:
        return AnswerFields(wants=self.wants.data == "yes")


class LedToForm(RoomForm):
    """What an introduction led to."""

    codes = SelectMultipleField(
        _("What did it lead to?"),
        choices=[
            SelectChoice("talk", _("A talk")),
            SelectChoice("visit", _("A visit or a shadow shift")),
            SelectChoice("advice", _("Advice that I use")),
            SelectChoice("contact", _("Somebody I can ask")),
            SelectChoice("nothing", _("Nothing yet")),
        ],
    )
    line = TextAreaField(_("In your own words, if you like"), [Length(max=LINE_LIMIT, message=TOO_LONG)])

    def validate_line(self, field: TextAreaField) -> None:
        if not field.data and not self.codes.data:
            raise ValidationError(gettext("Choose one, or write a line. You can also skip this."))

    def fields(self) -> LedToFields:
        return LedToFields.model_validate({"codes": tuple(self.codes.data or ()), "line": self.line.data or ""})


def _said_of(openness: OpenToIntroduction) -> str:
    """ "Omar Aziz, Ward 4: research (10 minutes)" """
    person = openness.person
    who = f"{person.name}, {person.unit.name}" if person.unit else person.name
    said = gettext("%(who)s: %(about)s (%(minutes)s minutes)", who=who, about=openness.about, minutes=openness.minutes)
    return str(said)
