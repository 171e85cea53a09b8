"""The forms of who takes part in a programme, and in which cohort."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from webapp.people import Person, Unit
from webapp.programmes.models import Cohort, Enrolment
from webapp.programmes.rules import LEAST_CAPACITY, MOST_CAPACITY
from webapp.web import RoomForm

EVERYBODY = "all"


class EnrolForm(RoomForm):
    """Take one person into a programme, or everybody of a unit who holds the role."""

    role = RadioField(
        _("As what?"),
        [InputRequired(_("Choose mentee or mentor."))],
        choices=[SelectChoice("mentee", _("Mentee")), SelectChoice("mentor", _("Mentor"))],
    )
    who = SelectField(_("Who?"), [InputRequired(_("Choose somebody."))])
    cohort = SelectField(_("In which cohort?"), [Optional()])

    def offer(self, people: Collection[Person], cohorts: Collection[Cohort]) -> None:
        """Let these people be taken in, alone or with their unit."""
        units = {each.unit.id: each.unit for each in people if each.unit}
        self.who.choices = [
            ("", _("Choose somebody")),
            (EVERYBODY, _("Everybody who has this role")),
            *((f"unit:{unit.id}", _everybody_of(unit)) for unit in sorted(units.values(), key=_site_and_name)),
            *((f"person:{person.id}", person.name) for person in people),
        ]
        self.cohort.choices = [("", _("No group")), *((str(cohort.id), cohort.name) for cohort in cohorts)]

    def chosen(self, people: Collection[Person]) -> list[Person]:
        """Those of these people who are meant and hold the role."""
        kind, _colon, identity = self.who.data.partition(":")
        holders = [each for each in people if self.role.data in each.roles]
        if kind == "unit":
            return [each for each in holders if str(each.unit_id) == identity]
        return [each for each in holders if kind == EVERYBODY or str(each.id) == identity]

    @property
    def cohort_id(self) -> UUID | None:
        return UUID(self.cohort.data) if self.cohort.data else None


class EnrolmentForm(RoomForm):
    """One person's part: for how many mentees there is time, and the cohort."""

    capacity = IntegerField(
        _("For how many mentees is there time?"),
        [
            InputRequired(_("Write a number from 0 to 5.")),
            NumberRange(LEAST_CAPACITY, MOST_CAPACITY, _("Write a number from 0 to 5.")),
        ],
    )
    cohort = SelectField(_("In which cohort?"), [Optional()])

    def offer(self, enrolment: Enrolment, cohorts: Collection[Cohort]) -> None:
        """A mentee is asked for the cohort alone."""
        self.cohort.choices = [("", _("No group")), *((str(cohort.id), cohort.name) for cohort in cohorts)]
        if enrolment.role == "mentee":
            del self.capacity

    @property
    def cohort_id(self) -> UUID | None:
        return UUID(self.cohort.data) if self.cohort.data else None


class CohortForm(RoomForm):
    """A group that begins together."""

    name = StringField(
        _("Name"), [DataRequired(_("Write a name.")), Length(max=120, message=_("Use at most 120 letters."))]
    )
    starts_on = DateField(_("First day"), [InputRequired(_("Choose the first day."))])
    ends_on = DateField(_("Last day"), [Optional()])

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_("The last day comes after the first day."))


def _everybody_of(unit: Unit) -> str:
    return str(gettext("Everybody of %(unit)s, %(site)s", unit=unit.name, site=unit.site.name))


def _site_and_name(unit: Unit) -> tuple[str, str]:
    return unit.site.name, unit.name
