"""The forms of the staff list."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
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

ON_THE_LIST: dict[str, Any] = {"invalid_choice_message": _("Choose one from the list.")}


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
    """How dates are written, and what each column means: a field a column, which `columns_form` adds."""

    order = SelectField(
        _("How are dates written?"),
        choices=[
            SelectChoice("", _("As the file shows, else the day first")),
            SelectChoice(DAY_FIRST, _("The day first: 31/12/2026")),
            SelectChoice(MONTH_FIRST, _("The month first: 12/31/2026")),
        ],
        **ON_THE_LIST,
    )
    how_many = 0

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns, in their order."""
        return [self[f"column_{at}"] for at in range(self.how_many)]

    @property
    def chosen(self) -> dict[str, int]:
        """Each field's column."""
        return {column.data: at for at, column in enumerate(self.columns) if column.data in FIELD_NAMES}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Beside the usual: no two columns are the same, and one of them is the staff number."""
        valid = super().validate(*args, **kwargs)
        taken: set[str] = set()
        for column in self.columns:
            if column.data in taken:
                column.errors = [gettext("Two columns cannot both be: %(field)s", field=FIELD_NAMES[column.data])]
                valid = False
            elif column.data in FIELD_NAMES:
                taken.add(column.data)
        if NEEDED not in taken:
            self.columns[0].errors = [gettext("Say which column holds the staff number.")]
            valid = False
        return valid


def columns_form(table: Table, **beginning: Any) -> ColumnsForm:
    """The form for a file; `beginning` is what it shows before anything is chosen: `columns` and `order`."""
    choices = [SelectChoice("", _("Leave it out")), *(SelectChoice(key, name) for key, name in FIELD_NAMES.items())]
    names = [heading or gettext("Column %(number)s", number=at + 1) for at, heading in enumerate(table.headings)]
    fields = {f"column_{at}": SelectField(name, choices=choices, **ON_THE_LIST) for at, name in enumerate(names)}
    form_class = type("ColumnsOfThisFile", (ColumnsForm,), {**fields, "how_many": len(fields)})
    if not beginning:
        return form_class()  # type: ignore[no-any-return]
    data = {f"column_{at}": key for key, at in beginning["columns"].items()}
    return form_class(formdata=None, data={**data, "order": beginning["order"]})  # type: ignore[no-any-return]


class ImportersForm(RoomForm):
    """The coordinators who may import."""

    people = SelectMultipleField(
        _("Coordinators who may import"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, people: list[Person]) -> None:
        """Let these be chosen."""
        self.people.choices = [SelectChoice(str(person.id), person.name) for person in people]
