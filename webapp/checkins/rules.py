"""What a check-in is about, and what it may ask: pure, so that the phone's copy can be held against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

FACES = (1, 2, 3, 4, 5)
VERY_HARD = 1
CONTACTS = ("in_person", "call", "message", "none")
TALKS = ("in_person", "call")
NEEDS = ("question", "talk")
HELPED = ("yes", "a_little", "no")
MINUTES = (5, 10, 15, 30)
WORDS_LIMIT = 2000
FRESH = timedelta(hours=36)
LONGEST_SHIFT = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift by the wall clock of whoever worked it (naive times)."""

    start: datetime
    end: datetime

    @property
    def is_night(self) -> bool:
        """Whether it went over midnight."""
        return self.end.date() > self.start.date()

    def is_fresh(self, at: datetime) -> bool:
        """Whether it is under way at `at` (wall clock) or ended at most 36 hours before."""
        return self.start <= at <= self.end + FRESH


@dataclass(frozen=True, slots=True)
class When:
    """What a check-in speaks of: a day, with its shift where one is known, or the time since a day."""

    about: str
    day: date
    shift: Shift | None = None


def proposed(at: datetime, last_shift: Shift | None) -> When:
    """What a new form speaks of at `at` (wall clock): the last shift entered, the time since it, or today."""
    if last_shift is None:
        return When("shift", at.date())
    if last_shift.is_fresh(at):
        return When("shift", last_shift.start.date(), last_shift)
    if last_shift.start > at:
        return When("shift", at.date())
    return When("since", last_shift.start.date())


def shift_on(day: date, start: str, end: str) -> Shift | None:
    """The shift that began on `day` at `start` ("HH:MM") and ended at `end`, on the next day when that is earlier."""
    try:
        begins = datetime.combine(day, datetime.strptime(start, "%H:%M").time())  # noqa: DTZ007  a wall clock
        ends = datetime.combine(day, datetime.strptime(end, "%H:%M").time())  # noqa: DTZ007
        return Shift(begins, ends if ends > begins else ends + timedelta(days=1))
    except (ValueError, OverflowError):  # no such hour, or the day after the calendar's last
        return None


def read_when(said: str, at: datetime) -> When:
    """What a form's choice says (`when_text`), as it is to be asked at `at`. Raises ValueError."""
    kind, _, rest = said.partition("/")
    if kind == "since":
        return When("since", date.fromisoformat(rest))
    if not rest:
        day = date.fromisoformat(kind)
        return When(about_of(day, None, at), day)
    shift = Shift(datetime.fromisoformat(kind), datetime.fromisoformat(rest))
    return When(about_of(shift.start.date(), shift, at), shift.start.date(), shift)


def when_text(when: When) -> str:
    """The same as a form carries it: a day, "since/" and a day, or a shift's start and end with a "/" between."""
    if when.about == "since":
        return f"since/{when.day.isoformat()}"
    if when.shift is None:
        return when.day.isoformat()
    return "/".join(each.isoformat(timespec="minutes") for each in (when.shift.start, when.shift.end))


def usual_shift(at: datetime, last_shift: Shift) -> Shift:
    """The newest shift of the same hours that had begun at `at`."""
    start = datetime.combine(at.date(), last_shift.start.time())
    if start > at:
        start -= timedelta(days=1)
    return Shift(start, start + (last_shift.end - last_shift.start))


def about_of(day: date, shift: Shift | None, at: datetime) -> str:
    """A day or shift that is over for more than 36 hours is not asked about by itself any more: "since"."""
    over_for = at - shift.end if shift else at - datetime.combine(day, datetime.min.time()) - timedelta(days=1)
    return "since" if over_for > FRESH else "shift"


def asks_whether_it_helped(talks_before: int) -> bool:
    """At most after every second talk of a pair: the first, the third, the fifth."""
    return talks_before % 2 == 0


def says_anything(face: int | None, contact: str | None, need: str | None, words: str, helped: str | None) -> bool:
    """One answer of any kind is enough."""
    return any((face, contact, need, words, helped))
