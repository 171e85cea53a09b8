"""When a person may be disturbed: pure rules on time, without a database and without a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

USUAL_START = time(21)
USUAL_END = time(9)
NIGHTS_START = time(8)
NIGHTS_END = time(18)

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Quiet:
    """A person's quiet: a daily window, or sleep by day in a week of nights, and time away.

    `nights_until` is the last local day (a Sunday) on which nights replace the window; `away_until` is the
    local day on which the person is back. A window that ends where it starts is no window.
    """

    zone: ZoneInfo
    starts: time = USUAL_START
    ends: time = USUAL_END
    nights_until: date | None = None
    away_until: date | None = None

    def spans_around(self, moment: datetime) -> Iterator[Span]:
        """Each quiet span, in UTC, that could hold this moment."""
        nights_end = self._nights_end()
        today = moment.astimezone(self.zone).date()
        for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
            if nights_end is not None and self.nights_until is not None and day <= self.nights_until:
                yield _span(day, NIGHTS_START, NIGHTS_END, self.zone)
            if self.starts != self.ends:
                starts, ends = _span(day, self.starts, self.ends, self.zone)
                yield (starts if nights_end is None else max(starts, nights_end)), ends
        if self.away_until is not None:
            yield datetime.min.replace(tzinfo=UTC), _latest(self.away_until, time(), self.zone)

    def _nights_end(self) -> datetime | None:
        if self.nights_until is None:
            return None
        return _latest(self.nights_until + timedelta(days=1), time(), self.zone)


def next_decent_moment(at: datetime, quiet: Quiet) -> datetime:
    """The first moment from `at` (UTC) on which lies in no quiet span, in UTC.

    A wall clock that reads a quiet hour is quiet: an hour that happens twice in autumn is quiet both times,
    and an end that spring leaves out moves forward.
    """
    moment = at.astimezone(UTC)
    while ends := [end for start, end in quiet.spans_around(moment) if start <= moment < end]:
        moment = max(ends)
    return moment


def when_to_send(due: datetime, expires: datetime, quiet: Quiet) -> datetime | None:
    """When a message that is due may be sent, or None when that is too late: it stays a badge in the app."""
    moment = next_decent_moment(due, quiet)
    return moment if moment < expires else None


def end_of_nights(today: date) -> date:
    """The Sunday until which "On nights this week" holds.

    On a Sunday that is the next one: somebody who taps it then starts a week of nights that evening.
    """
    return today + timedelta(days=7 - today.isoweekday() or 7)


def _span(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    last = day if starts < ends else day + timedelta(days=1)
    return min(_readings(day, starts, zone)), _latest(last, ends, zone)


def _latest(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return max(_readings(day, wall, zone))


def _readings(day: date, wall: time, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments that a wall time can mean: one and the same but on the nights when clocks change."""
    local = datetime.combine(day, wall, tzinfo=zone)
    return (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
