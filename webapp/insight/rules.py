"""How the figures of docs/figures.md are counted: pure rules over local days."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.programmes import Rhythm, interval_days

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` out of `of`. Without anything to count there is no per cent, rather than none."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """Whole per cents, halves up."""
        return None if self.of == 0 else (200 * self.count + self.of) // (2 * self.of)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.replace(day=1))

    @property
    def next(self) -> Month:
        return Month.of(self.first + timedelta(days=31))

    @property
    def last(self) -> date:
        return self.next.first - ONE_DAY

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Mentee:
    """From which day somebody took part until which (not that day any more), and the same of each mentor they had."""

    since: date
    until: date | None
    mentored: tuple[tuple[date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that began, by the days of its mentee's zone. `ended_on` is the first day on which it was no pair."""

    started_on: date
    ended_on: date | None
    talked_on: frozenset[date]
    checked_in_on: frozenset[date]
    faster_days: int | None = None


def matched_on(mentees: Collection[Mentee], day: date) -> Share:
    """Mentees who had a mentor at the end of a day, of those who took part."""
    there = [each for each in mentees if _spans(each.since, each.until, day)]
    return Share(sum(any(_spans(*span, day) for span in each.mentored) for each in there), len(there))


def first_talk_between(pairs: Collection[Pair], days: int, first: date, last: date) -> Share:
    """Pairs that talked within `days` days of their start, of those whose last day to do so was in this time.

    A pair that ended before its last day is left out, whether it talked or not.
    """
    due = [
        (pair, pair.started_on + timedelta(days=days))
        for pair in pairs
        if first <= pair.started_on + timedelta(days=days) <= last
    ]
    counted = [(pair, by) for pair, by in due if pair.ended_on is None or pair.ended_on > by]
    return Share(sum(any(day <= by for day in pair.talked_on) for pair, by in counted), len(counted))


def talked_in(pairs: Collection[Pair], month: Month, until: date) -> Share:
    """Pairs with at least one talk in a month, of those that stood on all its days, or on all up to `until`."""
    end = min(month.last, until)
    whole = [pair for pair in pairs if pair.started_on <= month.first and (not pair.ended_on or pair.ended_on > end)]
    return Share(sum(any(month.first <= day <= end for day in pair.talked_on) for pair in whole), len(whole))


def rhythm_in(pairs: Collection[Pair], month: Month, until: date, rhythm: Rhythm) -> Share:
    """Stretches of the rhythm with a check-in, of those whose last day was in the month and not after `until`."""
    kept = [
        any(first <= day <= last for day in pair.checked_in_on)
        for pair in pairs
        for first, last in stretches(pair, min(month.last, until), rhythm)
        if last >= month.first
    ]
    return Share(sum(kept), len(kept))


def stretches(pair: Pair, until: date, rhythm: Rhythm) -> Iterator[tuple[date, date]]:
    """From the start of a pair on, one stretch after another as long as the rhythm is: first and last day.

    Those that end after `until`, or on whose last day the pair was no pair any more, are left out.
    """
    first = pair.started_on
    while True:
        days = interval_days(rhythm, (first - pair.started_on).days, pair.faster_days)
        last = first + timedelta(days=days - 1)
        if last > until or (pair.ended_on is not None and pair.ended_on <= last):
            return
        yield first, last
        first = last + ONE_DAY


def _spans(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or until > day)
