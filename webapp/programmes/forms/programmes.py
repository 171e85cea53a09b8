"""The forms of a programme itself: what it is, who coordinates it, its rhythm and time, another one like it."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.people import Person, Site
from webapp.programmes.actions.programmes import Outline, Scopes, Terms
from webapp.programmes.models import Programme
from webapp.programmes.rules import Rhythm
from webapp.web import RoomForm

LONGEST_PURPOSE = 600


class AboutForm(RoomForm):
    """A programme's name, purpose and dates."""

    name = StringField(
        _("Name"), [DataRequired(_("Write a name.")), Length(max=120, message=_("Use at most 120 letters."))]
    )
    purpose = TextAreaField(_("What is it for?"), [Length(max=LONGEST_PURPOSE, message=_("Use at most 600 letters."))])
    starts_on = DateField(_("First day"), [Optional()])
    ends_on = DateField(_("Last day"), [Optional()])

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_("The last day comes after the first day."))

    @property
    def outline(self) -> Outline:
        return Outline(self.name.data, self.purpose.data or "", self.starts_on.data, self.ends_on.data)


class NewProgrammeForm(AboutForm):
    """The same with a kind that fills in the rest, and the first coordinators."""

    preset = RadioField(
        _("What kind of programme is it?"),
        [InputRequired(_("Choose a kind."))],
        choices=[
            SelectChoice("preceptorship", _("Preceptorship: nurses new to the hospital")),
            SelectChoice("residency", _("Residency: new graduates in their first year")),
            SelectChoice("students", _("Students on a placement")),
            SelectChoice("own", _("Something else")),
        ],
    )
    coordinators = SelectMultipleField(
        _("Coordinators"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, people: list[Person]) -> None:
        """Let these be coordinators."""
        self.coordinators.choices = [(str(person.id), person.name) for person in people]

    @property
    def chosen(self) -> set[UUID]:
        return {UUID(each) for each in self.coordinators.data or ()}

    def validate_coordinators(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one coordinator."))


class CoordinatorsForm(RoomForm):
    """Who coordinates, and where: "person" stands for all sites, "person:site" for one."""

    scopes = SelectMultipleField(_("Who coordinates, and where?"))

    def offer(self, people: list[Person], sites: list[Site]) -> None:
        """Let these coordinate on these sites."""
        everywhere = [(str(person.id), person.name) for person in people]
        on_one = [(f"{person.id}:{site.id}", site.name) for person in people for site in sites]
        self.scopes.choices = [*everywhere, *on_one]

    def show(self, programme: Programme) -> None:
        """Begin with who coordinates now."""
        rows = programme.coordinators
        self.scopes.data = [str(row.person_id) for row in rows if not row.sites]
        self.scopes.data += [f"{row.person_id}:{each.site_id}" for row in rows for each in row.sites]

    def validate_scopes(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one coordinator."))

    @property
    def chosen(self) -> Scopes:
        """Whoever has all sites and single ones has all."""
        said = [each.partition(":") for each in self.scopes.data]
        everywhere = {person for person, _colon, site in said if not site}
        return {
            UUID(person): frozenset(
                UUID(site) for other, _colon, site in said if other == person and person not in everywhere
            )
            for person, _colon, _site in said
        }


class TermsForm(RoomForm):
    """The rhythm and the time that people get, each number with its unit."""

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
    protected_minutes = IntegerField(
        _("Protected minutes a month"),
        [InputRequired(_("Write a number of minutes.")), NumberRange(0, 600, _("Write a number from 0 to 600."))],
    )
    off_shift = RadioField(
        _("Contact outside working hours"),
        [InputRequired(_("Choose one."))],
        choices=[
            SelectChoice("not_asked", _("Not asked for")),
            SelectChoice("paid", _("Paid")),
            SelectChoice("free_choice", _("Free choice, not paid")),
        ],
    )
    training_required = BooleanField(_("Mentors finish their training before they are matched"))

    def show(self, programme: Programme) -> None:
        """Begin with what holds now."""
        self.process(obj=programme, training_required=programme.training_required_since is not None)

    @property
    def terms(self) -> Terms:
        rhythm = Rhythm(
            self.hello_hours.data, self.first_talk_days.data, self.weekly_days.data, self.fortnightly_days.data
        )
        return Terms(rhythm, self.protected_minutes.data, self.off_shift.data, self.training_required.data)

    def validate_fortnightly_days(self, field: IntegerField) -> None:
        weekly = self.weekly_days.data
        if isinstance(weekly, int) and isinstance(field.data, int) and field.data < weekly:
            raise ValidationError(_("This day comes after the day above."))


class RepeatForm(RoomForm):
    """Another programme like this one."""

    name = StringField(
        _("Name"), [DataRequired(_("Write a name.")), Length(max=120, message=_("Use at most 120 letters."))]
    )
    starts_on = DateField(_("First day"), [InputRequired(_("Choose the first day."))])


class AgreementForm(RoomForm):
    """The agreement in each language, a sentence on each line."""

    en = TextAreaField(
        _("In English"),
        [DataRequired(_("Write the agreement.")), Length(max=4000, message=_("Use at most 4,000 letters."))],
    )
    es = TextAreaField(
        _("In Spanish"),
        [DataRequired(_("Write the agreement.")), Length(max=4000, message=_("Use at most 4,000 letters."))],
    )

    @property
    def words(self) -> dict[str, str]:
        return {"en": _one_newline(self.en.data), "es": _one_newline(self.es.data)}


def _one_newline(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
