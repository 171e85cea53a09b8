"""The form of an objective."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from webapp.web import RoomForm


class ObjectiveForm(RoomForm):
    """What is counted, what for, and how much of it by when. Shares are whole per cents."""

    measure = RadioField(
        _("What do you count?"),
        [InputRequired(_("Choose what you count."))],
        choices=[
            SelectChoice("matched", _("Mentees who have a mentor")),
            SelectChoice("first_talk", _("Pairs that had their first talk in time")),
            SelectChoice("talked", _("Pairs that talked in the month")),
            SelectChoice("rhythm", _("Check-ins that came in their rhythm")),
        ],
    )
    kind = RadioField(
        _("What do you want it for?"),
        [InputRequired(_("Choose one."))],
        choices=[
            SelectChoice("welcome", _("People settle in")),
            SelectChoice("belonging", _("People belong")),
            SelectChoice("skills", _("People learn")),
            SelectChoice("staying", _("People stay")),
        ],
    )
    baseline = IntegerField(
        _("Where did it stand before, in per cent?"),
        [Optional(), NumberRange(0, 100, _("Write a number from 0 to 100."))],
    )
    target = IntegerField(
        _("What is the goal, in per cent?"),
        [InputRequired(_("Write a number from 1 to 100.")), NumberRange(1, 100, _("Write a number from 1 to 100."))],
    )
    due_on = DateField(_("By which day?"), [InputRequired(_("Choose a day."))])
