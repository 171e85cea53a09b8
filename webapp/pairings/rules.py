"""What counts as a talk, when a word is due, and when a pair is not in touch lately: pure rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from webapp.programmes import DEFAULT_RHYTHM, Rhythm

MEANS = ("in_person", "call", "message")
TALKS = ("in_person", "call")
LEAST_DAYS, MOST_DAYS = 10, 45
UNANSWERED_AFTER = timedelta(hours=24)
KEPT_AFTER_THE_END = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Record:
    """One side's record of a contact, as the minutes are counted from it."""

    on: date
    means: str
    by: UUID
    minutes: int | None


def is_talk(means: str | None, minutes: int | None) -> bool:
    """Whether a contact counts as "talked": at least one minute, in person or by call. Messages count apart."""
    return means in TALKS and (minutes or 0) >= 1


def minutes_together(records: Iterable[Record]) -> int:
    """Minutes that a pair talked.

    Both sides may record the same talk, and nobody can tell two records of one talk from two talks. So for each day
    and each means the side that recorded more minutes counts, and the other side does not: a figure may come out a
    little too low, it is never doubled. What one and the same side records adds up.
    """
    sums: dict[tuple[date, str], dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    for record in records:
        if is_talk(record.means, record.minutes):
            sums[record.on, record.means][record.by] += record.minutes or 0
    return sum(max(sides.values()) for sides in sums.values())


def due_since(last: datetime, interval_days: int, at: datetime) -> datetime | None:
    """Since when something is due at `at` that comes every `interval_days` after `last`; None while it is not.

    It falls due anew each interval, so that what was left alone is asked for again then, and not every day.
    """
    interval = timedelta(days=interval_days)
    passed = (at - last) // interval
    return last + passed * interval if passed >= 1 else None


def days_until_not_in_touch(interval_days: int) -> int:
    """Days without contact after which a pair is "not in touch lately": twice its interval, within 10 and 45."""
    return min(max(2 * interval_days, LEAST_DAYS), MOST_DAYS)


def stage_of(
    started_on: date | None,
    last_talk_on: date | None,
    last_word_on: date | None,
    interval_days: int,
    today: date,
    rhythm: Rhythm = DEFAULT_RHYTHM,
    away: bool = False,
    back_on: date | None = None,
) -> str:
    """Where a pair stands: "joining", "away", "no_first_talk", "no_hello", "new", "not_in_touch" or "in_touch".

    `last_word_on` is the day of the newest contact or note, either way. Leave stops the clock: while one of the two
    is away nothing is said about contact, and from `back_on` on, the first day after the last leave or pause, the days
    are counted anew.
    """
    if started_on is None:
        return "joining"
    if away:
        return "away"
    day = (today - max(started_on, back_on or started_on)).days
    if last_talk_on is None and day > rhythm.first_talk_days:
        return "no_first_talk"
    if last_word_on is None:
        return "no_hello" if day * 24 > rhythm.hello_hours else "new"
    silent = (today - max(last_word_on, back_on or last_word_on)).days > days_until_not_in_touch(interval_days)
    return "not_in_touch" if silent else "in_touch"
