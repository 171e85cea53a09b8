"""The forms of a pause and of the two's answer at the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from webapp.pairings.partings.pausing import PauseFields
from webapp.pairings.partings.staying import StayFields
from webapp.web import RoomForm

WEEKS = ("2", "4", "8")
LONGEST = timedelta(days=366)


class PauseForm(RoomForm):
    """How long; a typed day wins over the chips."""

    weeks = RadioField(
        _("How long?"),
        choices=[
            SelectChoice("2", _("Two weeks")),
            SelectChoice("4", _("Four weeks")),
            SelectChoice("8", _("Eight weeks")),
        ],
        validate_choice=False,
    )
    until = DateField(_("Or until this day"), [Optional()])

    def __init__(self, today: date, **given: Any) -> None:
        super().__init__(**given)
        self._today = today

    def validate_weeks(self, field: RadioField) -> None:
        if self.until.data is None and not any(self.until.raw_data or ()) and field.data not in WEEKS:
            raise ValidationError(_("Choose how long, or a day."))

    def validate_until(self, field: DateField) -> None:
        if field.data is not None and not self._today < field.data <= self._today + LONGEST:
            raise ValidationError(_("Choose a day after today and within a year."))

    def fields(self) -> PauseFields:
        return PauseFields(until=self.until.data or self._today + timedelta(weeks=int(self.weeks.data)))


class StayForm(RoomForm):
    """Yes or no. Nobody sees a no."""

    stays = RadioField(
        _("Would you like to stay in touch?"),
        [InputRequired(_("Choose yes or no. Both are fine."))],
        choices=[SelectChoice("yes", _("Yes, I would")), SelectChoice("no", _("No, it was good as it was"))],
    )

    def fields(self) -> StayFields:
        return StayFields(stays=self.stays.data == "yes")
