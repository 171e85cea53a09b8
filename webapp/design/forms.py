"""A form with every kind of field, once empty and once wrong."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.web import RoomForm

UNITS = [SelectChoice("a3", "Ward A3"), SelectChoice("icu", "Intensive care"), SelectChoice("er", "Emergency")]


class ExampleForm(RoomForm):
    """Each field of `components/field.html`."""

    name = StringField("Your name", [InputRequired("Write your name.")])
    email = EmailField("E-mail")
    password = PasswordField("Password")
    words = TextAreaField("What was it like?")
    unit = SelectField("Ward", choices=UNITS)
    day = DateField("Day")
    hour = TimeField("From")
    own = BooleanField("This is my own phone")
    device = RadioField(
        "Whose device is this?",
        [InputRequired("Say whose device this is.")],
        choices=[SelectChoice("own", "My own phone"), SelectChoice("shared", "Others use it too")],
    )
    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice("mentee", "Mentee"), SelectChoice("mentor", "Mentor")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    roster = FileField("Roster file")
