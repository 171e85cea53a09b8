"""The launch plan: eight weeks around the first day of a programme, a few steps in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from webapp.clock import now
from webapp.database import db
from webapp.people import Person
from webapp.programmes.models import LaunchStepDone, Programme

# What to do, and in which week it is due; week 7 begins on the first day of the programme.
STEPS = {
    "objectives": 1,
    "managers": 1,
    "contacts": 2,
    "agreement": 2,
    "mentors": 3,
    "poster": 3,
    "meeting": 4,
    "mentees": 5,
    "places": 5,
    "pairs": 6,
    "start": 7,
    "first_talks": 8,
}
WEEK_OF_START = 7


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with its week (1 to 8), the first day of that week, and whether it is done."""

    code: str
    week: int
    week_begins: date | None
    is_done: bool

    @property
    def due_on(self) -> date | None:
        """The last day of its week; None while the programme has no first day."""
        return self.week_begins and self.week_begins + timedelta(days=6)


def plan_of(programme: Programme) -> list[PlannedStep]:
    """All steps in their order."""
    done = set(db.session.scalars(select(LaunchStepDone.step).where(LaunchStepDone.programme_id == programme.id)))
    return [PlannedStep(code, week, _begins(programme, week), code in done) for code, week in STEPS.items()]


def tick(by: Person, programme: Programme, step: str, is_done: bool) -> None:
    """Say that a step is done, or not after all. Inside a write transaction; once is enough."""
    row = db.session.get(LaunchStepDone, (programme.id, step))
    if is_done and row is None:
        db.session.add(LaunchStepDone(programme_id=programme.id, step=step, done_at=now(), done_by_id=by.id))
    elif not is_done and row is not None:
        db.session.delete(row)


def _begins(programme: Programme, week: int) -> date | None:
    return programme.starts_on and programme.starts_on + timedelta(weeks=week - WEEK_OF_START)
