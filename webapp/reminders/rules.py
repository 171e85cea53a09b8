"""When reminders look round, and how often a person may be asked: pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ASKED_EVERY = timedelta(days=14)  # beyond the check-in, one ask for each person
CHECKIN = "checkin_ready"
WALL_TIMES = {
    CHECKIN: time(18),  # after a day shift, and when the quiet of nights ends
    "word_welcome": time(12, 30),
}
OPENS = {CHECKIN: "/check-in", "word_welcome": "/"}


def next_occurrence(wall: time, zone: ZoneInfo, after: datetime) -> datetime:
    """The next moment (UTC) strictly after `after` at which that wall time comes, once for each local date.

    A wall time that autumn repeats is taken the first time; one that spring leaves out moves forward.
    """
    day = after.astimezone(zone).date()
    while (moment := datetime.combine(day, wall, zone).astimezone(UTC)) <= after:
        day += timedelta(days=1)
    return moment
