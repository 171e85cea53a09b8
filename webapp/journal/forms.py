"""The form of an entry, and of a single tap on one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from webapp.journal.fields import EntryFields
from webapp.journal.models import Entry
from webapp.journal.rules import MOST_TEXT
from webapp.web import RoomForm


class EntryForm(RoomForm):
    """Words, and what they are about, if the writer wants to say."""

    prompt = RadioField(
        _("What is it about?"),
        [Optional()],
        choices=[
            SelectChoice("learned", _("What I learned this shift")),
            SelectChoice("why", _("Why I started")),
        ],
    )
    text = TextAreaField(
        _("Your words"),
        [
            DataRequired(_("Write a word or two.")),
            Length(max=MOST_TEXT, message=_("This is too long. Please keep it to 20,000 letters.")),
        ],
    )

    def show(self, entry: Entry) -> None:
        """Fill in what was written."""
        self.prompt.data, self.text.data = entry.prompt, entry.text

    def fields(self) -> EntryFields:
        return EntryFields.saying(self.text.data, self.prompt.data or None)
