"""The form of a programme."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.people import Person
from webapp.programmes.models import Programme
from webapp.programmes.rules import Rhythm
from webapp.web import RoomForm


class ProgrammeForm(RoomForm):
    """A programme's name, its coordinators and its rhythm in days."""

    name = StringField(
        _("Name"), [DataRequired(_("Write a name.")), Length(max=120, message=_("Use at most 120 letters."))]
    )
    coordinators = SelectMultipleField(
        _("Coordinators"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    hello_hours = IntegerField(
        _("First hello: within how many hours?"),
        [InputRequired(_("Write a number of hours.")), NumberRange(1, 720, _("Write a number from 1 to 720."))],
    )
    first_talk_days = IntegerField(
        _("First talk: within how many days?"),
        [InputRequired(_("Write a number of days.")), NumberRange(1, 90, _("Write a number from 1 to 90."))],
    )
    weekly_days = IntegerField(
        _("A check-in each week until day"),
        [InputRequired(_("Write a number of days.")), NumberRange(0, 730, _("Write a number from 0 to 730."))],
    )
    fortnightly_days = IntegerField(
        _("Then every two weeks until day"),
        [InputRequired(_("Write a number of days.")), NumberRange(0, 730, _("Write a number from 0 to 730."))],
    )

    def offer(self, people: list[Person]) -> None:
        """Let these be coordinators."""
        self.coordinators.choices = [(str(person.id), person.name) for person in people]

    def show(self, programme: Programme) -> None:
        """Begin with what a programme is now."""
        self.process(obj=programme, coordinators=[str(row.person_id) for row in programme.coordinators])

    @property
    def chosen(self) -> set[UUID]:
        return {UUID(each) for each in self.coordinators.data or ()}

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(
            self.hello_hours.data, self.first_talk_days.data, self.weekly_days.data, self.fortnightly_days.data
        )

    def validate_coordinators(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one coordinator."))

    def validate_fortnightly_days(self, field: IntegerField) -> None:
        if (
            isinstance(self.weekly_days.data, int)
            and isinstance(field.data, int)
            and field.data < self.weekly_days.data
        ):
            raise ValidationError(_("This day comes after the day above."))
