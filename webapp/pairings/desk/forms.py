"""The forms of the coordinator's list."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from webapp.web import RoomForm


class NudgeForm(RoomForm):
    """The pairs to nudge, as ticked in the list."""

    pair = SelectMultipleField(
        _("Pairs"), [InputRequired(_("Tick the pairs that you want to nudge."))], validate_choice=False
    )

    @property
    def ids(self) -> set[UUID]:
        """What was ticked; anything else is left out."""
        ids = set()
        for each in self.pair.data or ():
            try:
                ids.add(UUID(each))
            except ValueError:
                continue
        return ids
