"""The form of everything that is done for many people at once."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from webapp.web import RoomForm


class ManyForm(RoomForm):
    """The people who were ticked."""

    person = SelectMultipleField(_("People"), [InputRequired(_("Tick somebody first."))], validate_choice=False)

    @property
    def ids(self) -> set[UUID]:
        """Their ids; whatever is none is left out."""
        ids = set()
        for each in self.person.data or ():
            with suppress(ValueError):
                ids.add(UUID(each))
        return ids
