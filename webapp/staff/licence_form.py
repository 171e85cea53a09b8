"""A step for each word of the staff list."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from webapp.staff.licences import STEPS, LicenceLine
from webapp.staff.words import STEP_WORDS
from webapp.web import RoomForm


def licence_form(lines: Collection[LicenceLine], posted: bool) -> tuple[RoomForm, dict[str, str]]:
    """The form, and the name of each spelling's field: the same whatever other words a list brings meanwhile."""
    names = {line.spelling: f"step_{sha256(line.spelling.encode()).hexdigest()[:16]}" for line in lines}
    choices = [
        SelectChoice("", _("Not compared")),
        *(SelectChoice(str(step), f"{step}: {STEP_WORDS[step]}") for step in STEPS),
    ]
    fields = {
        names[line.spelling]: SelectField(line.word, [Optional()], choices=choices, default=str(line.step or ""))
        for line in lines
    }
    kind = type("LicenceForm", (RoomForm,), fields)
    return (kind() if posted else kind(formdata=None)), names
