"""The forms of offers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.matching.offers.models import OpenDirectory
from webapp.web import RoomForm

BECAUSE_LIMIT = ASKING_LIMIT = 400
CLOSED, CONFIRMED, UNCONFIRMED = "closed", "confirmed", "unconfirmed"


class BecauseForm(RoomForm):
    """Why not this time; it may stay empty."""

    because = TextAreaField(
        _("Do you want to say why?"),
        [Length(max=BECAUSE_LIMIT, message=_("This is too long. Please keep it to 400 letters."))],
    )


class AskForm(RoomForm):
    """One line to a mentor."""

    words = TextAreaField(
        _("One line to ask"),
        [
            DataRequired(_("Write one line. For example: I start on nights and would like to learn from you.")),
            Length(max=ASKING_LIMIT, message=_("This is too long. Please keep it to 400 letters.")),
        ],
    )


class DirectoryForm(RoomForm):
    """Whether mentees may look for a mentor alone."""

    opened = RadioField(
        _("May mentees look for a mentor themselves?"),
        [InputRequired(_("Choose one."))],
        choices=[
            SelectChoice(CLOSED, _("No. The coordinators propose mentors.")),
            SelectChoice(CONFIRMED, _("Yes. When a mentor says yes, a coordinator confirms the pair.")),
            SelectChoice(UNCONFIRMED, _("Yes. When a mentor says yes, they are a pair at once.")),
        ],
    )

    def show(self, directory: OpenDirectory | None) -> None:
        """Begin with what holds now."""
        if directory is None:
            self.opened.data = CLOSED
        else:
            self.opened.data = UNCONFIRMED if directory.unconfirmed_since else CONFIRMED

    @property
    def unconfirmed(self) -> bool | None:
        """What `open_directory` is told."""
        said: dict[str, bool | None] = {CLOSED: None, CONFIRMED: False, UNCONFIRMED: True}
        return said[self.opened.data]
