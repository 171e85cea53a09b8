"""The check-in's form: what was chosen and typed, and the same fields that a phone's op has."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError
from wtforms import StringField

from webapp.checkins.fields import CheckinFields
from webapp.checkins.models import Checkin
from webapp.checkins.reads import whether_it_helped
from webapp.checkins.rules import When, read_when, shift_on, when_text
from webapp.web import RoomForm

OTHER = "other"  # a day that is typed


class CheckinForm(RoomForm):
    """Every answer may be left out. `when` is one of the days and shifts offered; a typed `day` wins over it."""

    when = StringField()
    day = StringField()
    starts = StringField()
    ends = StringField()
    pairing = StringField()
    audience = StringField()
    face = StringField()
    contact = StringField()
    minutes = StringField()
    need = StringField()
    words = StringField()
    helped = StringField()
    sure = StringField()

    def show(self, checkin: Checkin) -> None:
        """Begin with what a check-in says now."""
        self.when.data = when_text(checkin.when)
        for name in ("face", "contact", "minutes", "need", "words"):
            self[name].data = getattr(checkin, name)
        self.helped.data = whether_it_helped(checkin)

    def checked(self, at: datetime, kept: When | None = None) -> CheckinFields | None:
        """The fields of the op, or None with the errors in the form. `at` is the writer's wall clock."""
        when = self._when(at, kept)
        if when is None:
            return None
        answers = ("pairing", "audience", "face", "contact", "minutes", "need", "helped")
        said: dict[str, Any] = {name: self[name].data or None for name in answers}
        shift = {"start": when.shift.start, "end": when.shift.end} if when.shift else None
        try:
            return CheckinFields(
                about=when.about, shift_date=when.day, shift=shift, words=self.words.data or "", **said
            )
        except ValidationError as wrong:
            for error in wrong.errors():
                self._say(str(error["loc"][0]) if error["loc"] else "", error["type"])
            return None

    def _when(self, at: datetime, kept: When | None) -> When | None:
        said = str(self.when.data or at.date().isoformat())
        if kept is not None and said == when_text(kept) and not self.day.data:
            return kept
        try:
            when = read_when(self._typed_day() if self.day.data or said == OTHER else said, at)
        except ValueError:
            self._wrong("day", _("This day or shift is not possible. Please choose again."))
            return None
        if when.day > at.date() or (when.shift and when.shift.start > at):
            self._wrong("day", _("This day is in the future. Please choose today or an earlier day."))
            return None
        return when

    def _typed_day(self) -> str:
        day = date.fromisoformat(str(self.day.data))
        if not self.starts.data and not self.ends.data:
            return day.isoformat()
        shift = shift_on(day, str(self.starts.data), str(self.ends.data))
        if shift is None:
            raise ValueError("a shift needs its start and its end")
        return when_text(When("shift", day, shift))

    def _say(self, name: str, kind: str) -> None:
        if not name:
            self._wrong("face", _("Choose one answer, or write a word. One is enough."))
        elif kind == "string_too_long":
            self._wrong("words", _("This is too long. Please keep it to 2,000 letters."))
        elif name == "shift":
            self._wrong("day", _("This day or shift is not possible. Please choose again."))
        elif name in self:
            self._wrong(name, _("Something here is not possible. Please choose again."))

    def _wrong(self, name: str, message: str) -> None:
        self[name].errors = [*self[name].errors, message]
