"""The forms of a pair's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from webapp.pairings.page.fields import (
    LINE_LIMIT,
    WORDS_LIMIT,
    ContactCardFields,
    NextContactFields,
    SharedNoteFields,
)
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote
from webapp.web import RoomForm

TOO_LONG = _("This is too long. Please keep it to 200 letters.")


class NextContactForm(RoomForm):
    """The day, perhaps the hour and the place."""

    on = DateField(_("Day"), [InputRequired(_("Choose a day."))])
    at = TimeField(_("Time, if you know it"), [Optional()])
    place = StringField(_("Where or how, if you like"), [Length(max=LINE_LIMIT, message=TOO_LONG)])

    def __init__(self, today: date, **given: Any) -> None:
        super().__init__(**given)
        self._today = today

    def validate_on(self, field: DateField) -> None:
        if field.data is not None and field.data < self._today:
            raise ValidationError(_("This day is over. Choose today or a later day."))

    def show(self, agreed: NextContact) -> None:
        self.on.data, self.at.data, self.place.data = agreed.on, agreed.at, agreed.place

    def fields(self) -> NextContactFields:
        return NextContactFields(on=self.on.data, at=self.at.data, place=self.place.data or "")


class ContactCardForm(RoomForm):
    """How one is reached, and when."""

    reach = StringField(
        _("My number, or the best way to reach me"),
        [DataRequired(_("Write how you can be reached.")), Length(max=LINE_LIMIT, message=TOO_LONG)],
    )
    hours = StringField(_("When I am happy to hear from you"), [Length(max=LINE_LIMIT, message=TOO_LONG)])

    def show(self, card: ContactCard) -> None:
        self.reach.data, self.hours.data = card.reach, card.hours

    def fields(self) -> ContactCardFields:
        return ContactCardFields(reach=self.reach.data or "", hours=self.hours.data or "")


class SharedNoteForm(RoomForm):
    """Something to remember."""

    words = TextAreaField(
        _("What you both want to remember"),
        [
            DataRequired(_("Write a word or two.")),
            Length(max=WORDS_LIMIT, message=_("This is too long. Please keep it to 2,000 letters.")),
        ],
    )

    def show(self, note: SharedNote) -> None:
        self.words.data = note.words

    def fields(self) -> SharedNoteFields:
        return SharedNoteFields(words=self.words.data)
