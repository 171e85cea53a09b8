"""A person's usual week, in quarters of an hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

QUARTER = 15
DAY = 24 * 60 // QUARTER
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class UsualShift:
    """A shift of most weeks, by the wall clock: it begins on `day` (0 is Monday) at `start` (minutes since midnight)
    and lasts `minutes`; one on Sunday night goes on in Monday."""

    day: int
    start: int
    minutes: int

    def is_possible(self) -> bool:
        return 0 <= self.day < 7 and 0 <= self.start < 24 * 60 and 0 < self.minutes <= 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """Time that two people are both at work, within a day: from `start` to `end`, minutes since its midnight."""

    day: int
    start: int
    end: int


def quarters(shifts: Iterable[UsualShift]) -> frozenset[int]:
    """The quarters of the week (0 is Monday, 00:00) that these shifts fill, each from its first minute to its last."""
    filled: set[int] = set()
    for shift in shifts:
        begins = shift.day * 24 * 60 + shift.start
        filled.update(each % WEEK for each in range(-(-begins // QUARTER), (begins + shift.minutes) // QUARTER))
    return frozenset(filled)


def spans(filled: Iterable[int]) -> tuple[Span, ...]:
    """Quarters as stretches of time, in the order of the week, cut at midnight."""
    found: list[Span] = []
    for each in sorted(filled):
        day, start = each // DAY, each % DAY * QUARTER
        if found and found[-1].day == day and found[-1].end == start:
            found[-1] = Span(day, found[-1].start, start + QUARTER)
        else:
            found.append(Span(day, start, start + QUARTER))
    return tuple(found)
