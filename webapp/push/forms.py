"""What browsers and people send to this room."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask_babel import lazy_gettext as _
from pydantic import BaseModel, Field
from wtforms import DateField, TimeField
from wtforms.validators import InputRequired, ValidationError

from webapp.web import RoomForm

LEAST_OPEN = timedelta(hours=4)
LONGEST_AWAY = timedelta(days=366)


class GivenKeys(BaseModel):
    """The browser's keys as `PushSubscription.toJSON()` names them."""

    p256dh: str = Field(max_length=120)
    auth: str = Field(max_length=60)


class GivenSubscription(BaseModel):
    """What a browser posts: its subscription, and the key id it subscribed with."""

    endpoint: str = Field(max_length=2048)
    keys: GivenKeys
    key_id: str = Field(max_length=40)


class GivenEndpoint(BaseModel):
    """What a browser posts to turn push off."""

    endpoint: str = Field(max_length=2048)


class WindowForm(RoomForm):
    """The daily window."""

    starts = TimeField(_("Quiet from"), [InputRequired(_("Choose when quiet begins."))])
    ends = TimeField(_("Quiet until"), [InputRequired(_("Choose when quiet ends."))])

    def validate_ends(self, field: TimeField) -> None:
        if isinstance(self.starts.data, time) and isinstance(field.data, time):
            quiet = _length(self.starts.data, field.data)
            if not quiet:
                raise ValidationError(_("Choose two different times."))
            if timedelta(hours=24) - quiet < LEAST_OPEN:
                raise ValidationError(_("Leave at least four hours a day in which we may tell you something."))


class AwayForm(RoomForm):
    """The day on which a person is back."""

    away_until = DateField(_("Away until"), [InputRequired(_("Choose the day on which you are back."))])

    def __init__(self, today: date, **given: object) -> None:
        super().__init__(**given)
        self._today = today

    def validate_away_until(self, field: DateField) -> None:
        day = field.data
        if isinstance(day, date) and not self._today < day <= self._today + LONGEST_AWAY:
            raise ValidationError(_("Choose a day after today and within a year."))


def _length(starts: time, ends: time) -> timedelta:
    day = date(2000, 1, 1)
    return (datetime.combine(day, ends) - datetime.combine(day, starts)) % timedelta(days=1)
