"""The forms of notes, talks and pairs. A form stands once for each partner on a page, so its ids carry a key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.pairings.fields import MINUTES_LIMIT, WORDS_LIMIT, NoteFields, TalkFields
from webapp.pairings.models import Contact
from webapp.people import Person
from webapp.web import RoomForm

USUAL_MINUTES = (5, 10, 15, 30)


class NoteForm(RoomForm):
    """One line to the partner."""

    pairing = HiddenField()
    reply_to = HiddenField()
    words = TextAreaField(
        _("A note to my mentor"),
        [
            DataRequired(_("Write a word or two.")),
            Length(max=WORDS_LIMIT, message=_("This is too long. Please keep it to 2,000 letters.")),
        ],
    )

    def marked(self, key: str, label: str | None = None) -> NoteForm:
        """The same form, told apart from others on its page, and perhaps with the partner's name in its label."""
        self.words.id = f"words-{key}"
        if label:
            self.words.label.text = label
        return self

    def fields(self) -> NoteFields:
        said = {"pairing": self.pairing.data, "words": self.words.data, "reply_to": _uuid(self.reply_to.data)}
        return NoteFields.model_validate(said)


class TalkForm(RoomForm):
    """A talk that was. The typed minutes and the typed day win over the chips."""

    pairing = HiddenField()
    contact = RadioField(
        _("How did you talk?"),
        [InputRequired(_("Choose how you talked."))],
        choices=[
            SelectChoice("in_person", _("In person")),
            SelectChoice("call", _("Call")),
            SelectChoice("message", _("Message")),
        ],
    )
    minutes = RadioField(
        _("How many minutes?"), [Optional()], choices=[SelectChoice(str(n), str(n)) for n in USUAL_MINUTES]
    )
    more = IntegerField(
        _("Other minutes"),
        [Optional(), NumberRange(1, MINUTES_LIMIT, _("Write minutes between 1 and 600."))],
    )
    day = RadioField(
        _("When was it?"),
        [Optional()],
        choices=[SelectChoice("today", _("Today")), SelectChoice("yesterday", _("Yesterday"))],
    )
    other_day = DateField(_("Another day"), [Optional()])

    def __init__(self, today: date | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._today = today

    def validate_other_day(self, field: DateField) -> None:
        if self._today is not None and field.data is not None and field.data > self._today:
            raise ValidationError(_("This day is in the future. Please choose today or an earlier day."))

    def marked(self, key: str) -> TalkForm:
        """The same form, told apart from others on its page."""
        for field in (self.contact, self.minutes, self.more, self.day, self.other_day):
            field.id = f"{field.short_name}-{key}"
        return self

    def show(self, talk: Contact) -> None:
        """Begin with what a talk says now."""
        self.contact.data = talk.means
        usual = talk.minutes in USUAL_MINUTES
        self.minutes.data = str(talk.minutes) if usual else None
        self.more.data = None if usual else talk.minutes
        self.day.data, self.other_day.data = None, talk.happened_on

    def fields(self) -> TalkFields:
        """What the form says; without a day it was today."""
        today = self._today or date.min
        day = self.other_day.data or (today - timedelta(days=1) if self.day.data == "yesterday" else today)
        minutes = self.more.data or self.minutes.data or None
        return TalkFields.model_validate(
            {"pairing": self.pairing.data, "contact": self.contact.data, "on": day, "minutes": minutes}
        )


class GroupTalkForm(TalkForm):
    """A talk with several mentees at once."""

    there = SelectMultipleField(
        _("Who was there?"),
        [InputRequired(_("Choose who was there."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, mentees: Iterable[tuple[str, str]]) -> None:
        """Let these be chosen, each by the id of its pair."""
        self.there.choices = [SelectChoice(key, name) for key, name in mentees]

    def fields(self) -> TalkFields:
        """What the form says of the first who was there."""
        self.pairing.data = self.there.data[0]
        return super().fields()


class EnteredTalkForm(TalkForm):
    """A talk that a coordinator enters for two people: it is there to count, so it needs its minutes."""

    contact = RadioField(
        _("How did they talk?"),
        [InputRequired(_("Choose how they talked."))],
        choices=[SelectChoice("in_person", _("In person")), SelectChoice("call", _("Call"))],
    )
    minutes = RadioField(
        _("How many minutes?"), choices=[SelectChoice(str(n), str(n)) for n in USUAL_MINUTES], validate_choice=False
    )

    def validate_minutes(self, field: RadioField) -> None:
        if self.more.data is None and field.data not in map(str, USUAL_MINUTES):
            raise ValidationError(_("Choose how many minutes they talked."))


class PairForm(RoomForm):
    """Who is paired with whom, in which programme, and why."""

    programme = SelectField(_("Programme"))
    mentee = SelectField(_("Mentee"), [InputRequired(_("Choose the mentee."))])
    mentor = SelectField(_("Mentor"), [InputRequired(_("Choose the mentor."))])
    why = StringField(
        _("Why these two?"),
        [
            DataRequired(_("Write in one line why they fit. Both will see it.")),
            Length(max=400, message=_("This is too long. Please keep it to 400 letters.")),
        ],
    )
    begin = RadioField(
        _("How does it begin?"),
        [InputRequired(_("Choose how it begins."))],
        default="ask",
        choices=[
            SelectChoice("ask", _("Ask both first. They are a pair when both say yes.")),
            SelectChoice("at_once", _("At once. Both know already and want it.")),
        ],
    )

    def offer(self, programmes: Collection[tuple[UUID, str]], mentees: list[Person], mentors: list[Person]) -> None:
        """Let these be chosen."""
        self.programme.choices = [(str(each), name) for each, name in programmes]
        self.mentee.choices = [("", _("Choose …")), *map(_named, mentees)]
        self.mentor.choices = [("", _("Choose …")), *map(_named, mentors)]


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _named(person: Person) -> tuple[str, str]:
    return str(person.id), f"{person.name}, {person.unit.name}" if person.unit else person.name
