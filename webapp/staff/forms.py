"""The forms of the staff list."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.people import Person
from webapp.staff.columns import NEEDED
from webapp.staff.reading import Table
from webapp.staff.values import DAY_FIRST, MONTH_FIRST
from webapp.staff.words import FIELD_NAMES
from webapp.web import RoomForm


class FileForm(RoomForm):
    """A file, and whether it holds everybody."""

    file = FileField(_("CSV file"))
    everybody = RadioField(
        _("Who is in this file?"),
        [InputRequired(_("Choose one."))],
        choices=[
            SelectChoice("everybody", _("Everybody who works here. Whoever is missing is flagged as having left.")),
            SelectChoice("some", _("Only some people. Nobody is flagged.")),
        ],
        widget=ListWidget(prefix_label=False),
    )

    def validate_file(self, field: Any) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))


class ColumnsForm(RoomForm):
    """What each column means, one choice a column, named column_0, column_1 and so on; and how dates are written."""

    order = SelectField(
        _("How are dates written?"),
        choices=[
            SelectChoice("", _("As the file shows, else the day first")),
            SelectChoice(DAY_FIRST, _("The day first: 31/12/2026")),
            SelectChoice(MONTH_FIRST, _("The month first: 12/31/2026")),
        ],
    )

    @staticmethod
    def chosen(table: Table, said: dict[str, str]) -> tuple[dict[str, int], str | None]:
        """Each field's column, and what is wrong: "no_number", a field that was chosen twice, or None."""
        columns: dict[str, int] = {}
        for at in range(len(table.headings)):
            name = said.get(f"column_{at}", "")
            if name in columns:
                return columns, name
            if name in FIELD_NAMES:
                columns[name] = at
        return columns, None if NEEDED in columns else "no_number"


class ImportersForm(RoomForm):
    """The coordinators who may import."""

    people = SelectMultipleField(
        _("Coordinators who may import"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, people: list[Person]) -> None:
        """Let these be chosen."""
        self.people.choices = [SelectChoice(str(person.id), person.name) for person in people]
