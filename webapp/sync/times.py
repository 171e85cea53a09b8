"""What time it really was: a phone's clock is believed about durations, never about the date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

DAY = timedelta(days=1)
CLOCK_IS_RIGHT_WITHIN = timedelta(minutes=10)
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
PARENT_IS_LOST_AFTER = timedelta(days=7)

FieldsT = TypeVar("FieldsT", bound=BaseModel)


def when_written(written_at: datetime, sent_at: datetime, received_at: datetime) -> datetime:
    """Server time of the writing: as long before the receipt as the phone says it was before the sending."""
    waited = sent_at - written_at
    if waited < timedelta(0):  # the clock was set back in between
        return received_at
    return max(received_at - waited, EARLIEST) if waited < received_at - EARLIEST else EARLIEST


def days_off(written_at: datetime, at: datetime, sent_at: datetime, received_at: datetime, zone: str) -> int:
    """By how many days a date that the phone proposed has to move; 0 for a clock that is right within ten minutes."""
    if abs(received_at - sent_at) <= CLOCK_IS_RIGHT_WITHIN:
        return 0
    place = ZoneInfo(zone)
    try:
        return (at.astimezone(place).date() - written_at.astimezone(place).date()).days
    except OverflowError:
        return 0


def is_day_uncertain(written_at: datetime, at: datetime, sent_at: datetime, received_at: datetime, zone: str) -> bool:
    """Whether a phone's dates may be wrong even when moved by `days_off`.

    A clock that is wrong by whole days proposed the right hour, so moving its dates sets them right. One that is
    wrong by hours, or that was set back after the writing, proposed what belongs to another hour.
    """
    if written_at - sent_at > CLOCK_IS_RIGHT_WITHIN:
        return True
    if abs(received_at - sent_at) <= CLOCK_IS_RIGHT_WITHIN:
        return False
    place = ZoneInfo(zone)
    try:
        apart = at.astimezone(place).replace(tzinfo=None) - written_at.astimezone(place).replace(tzinfo=None)
    except OverflowError:
        return True
    return abs(apart - round(apart / DAY) * DAY) > CLOCK_IS_RIGHT_WITHIN


def move_days(fields: FieldsT, days: int) -> FieldsT:
    """The same fields with every calendar date in them moved."""
    if not days:
        return fields
    return fields.model_copy(update={name: _moved(value, days) for name, value in fields if _is_dated(value)})


def zone_or(name: str, usual: str) -> str:
    """The zone's name if there is such a zone, else the usual one."""
    return name if _is_zone(name) else usual


def parent_is_lost(at: datetime, received_at: datetime) -> bool:
    """Whether an op has waited so long for its parent that the parent will not come any more (a restored server)."""
    return received_at - at > PARENT_IS_LOST_AFTER


def _is_dated(value: object) -> bool:
    return isinstance(value, date | BaseModel)


def _moved(value: object, days: int) -> object:
    if isinstance(value, BaseModel):
        return move_days(value, days)
    try:
        return value + timedelta(days=days) if isinstance(value, date) else value
    except OverflowError:
        return value


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)
