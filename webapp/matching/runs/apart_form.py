"""Two people whom nobody shall match, and a neutral reason out of a short list."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from webapp.people import Person
from webapp.web import RoomForm

REASONS = {
    "close": _("They are close outside work, such as family or friends"),
    "work": _("They work together too closely"),
    "before": _("They were together before, and it did not fit"),
    "other": _("Another reason"),
}


class ApartForm(RoomForm):
    """Not these two."""

    mentee = SelectField(_("Mentee"), [InputRequired(_("Choose somebody."))])
    mentor = SelectField(_("Mentor"), [InputRequired(_("Choose somebody."))])
    why = RadioField(
        _("Why?"),
        [InputRequired(_("Choose a reason."))],
        choices=[SelectChoice(code, words) for code, words in REASONS.items()],
    )

    def offer(self, mentees: Collection[Person], mentors: Collection[Person]) -> None:
        """Let these be chosen."""
        for field, people in ((self.mentee, mentees), (self.mentor, mentors)):
            named = sorted((each.name, str(each.id)) for each in people)
            field.choices = [("", _("Choose …")), *((person_id, name) for name, person_id in named)]

    @property
    def mentee_id(self) -> UUID:
        return UUID(self.mentee.data)

    @property
    def mentor_id(self) -> UUID:
        return UUID(self.mentor.data)

    def validate_mentor(self, field: SelectField) -> None:
        if field.data and field.data == self.mentee.data:
            raise ValidationError(_("Choose two people."))
