"""How far a programme is with its objectives: where it stands, and month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from webapp.insight.reads import Records, records_of, today_here
from webapp.insight.rules import ONE_DAY, Month, Share, first_talk_between, matched_on, rhythm_in, talked_in
from webapp.people import Person
from webapp.programmes import Objective, Programme, objectives_of

MONTHS_SHOWN = 12
LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of a month; of the month that is not over yet, so far."""

    month: date
    share: Share
    so_far: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """An objective, where it stands (or stood when it was due), of which month, and the months before.

    `of_month` is None where the figure is not one of a month.
    """

    objective: Objective
    share: Share
    of_month: date | None
    so_far: bool
    points: tuple[Point, ...]

    @property
    def is_reached(self) -> bool:
        return self.share.percent is not None and self.share.percent >= self.objective.target


def progress_of(programme: Programme, coordinator: Person) -> list[Progress]:
    """Each objective of a programme, counted over the sites that this coordinator coordinates."""
    objectives = objectives_of(programme)
    records = records_of(programme, coordinator) if objectives else Records([], [])
    return [_progress(each, programme, records, today_here()) for each in objectives]


def _progress(objective: Objective, programme: Programme, records: Records, today: date) -> Progress:
    """After the due day the figure stands still: nothing later can reach an objective or lose it."""
    over = min(today - ONE_DAY, objective.due_on)
    points = tuple(
        Point(month.first, _of_month(objective, programme, records, month, today), month.last > over)
        for month in _months(records, min(today, objective.due_on))
    )
    if objective.measure == "matched":
        return Progress(objective, matched_on(records.mentees, min(today, objective.due_on)), None, False, points)
    if objective.measure == "first_talk":
        share = first_talk_between(records.pairs, programme.first_talk_days, LONG_AGO, over)
        return Progress(objective, share, None, False, points)
    point = _standing(points)
    if point is None:
        return Progress(objective, Share(0, 0), None, False, points)
    return Progress(objective, point.share, point.month, point.so_far, points)


def _standing(points: tuple[Point, ...]) -> Point | None:
    """The last whole month with something to count, or else the month that is not over yet."""
    counted = [point for point in points if point.share.of]
    whole = [point for point in counted if not point.so_far]
    return next(reversed(whole or counted), None)


def _of_month(objective: Objective, programme: Programme, records: Records, month: Month, today: date) -> Share:
    seen, over = min(month.last, today, objective.due_on), min(month.last, today - ONE_DAY, objective.due_on)
    if objective.measure == "matched":
        return matched_on(records.mentees, seen)
    if objective.measure == "first_talk":
        return first_talk_between(records.pairs, programme.first_talk_days, month.first, over)
    if objective.measure == "talked":
        return talked_in(records.pairs, month, seen)
    return rhythm_in(records.pairs, month, over, programme.rhythm)


def _months(records: Records, until: date) -> list[Month]:
    begins = [each.started_on for each in records.pairs] + [each.since for each in records.mentees]
    first = min(begins, default=None)
    months = []
    month = Month.of(first) if first else None
    while month is not None and month.first <= until:
        months.append(month)
        month = month.next
    return months[-MONTHS_SHOWN:]
