"""The forms of offers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import Length

from webapp.web import RoomForm

BECAUSE_LIMIT = 400


class BecauseForm(RoomForm):
    """Why not this time; it may stay empty."""

    because = TextAreaField(
        _("Do you want to say why?"),
        [Length(max=BECAUSE_LIMIT, message=_("This is too long. Please keep it to 400 letters."))],
    )
