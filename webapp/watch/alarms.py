"""Telling administrators by mail what they would not notice: once, again after a day, and when it is over.

Any number of processes look. One of them takes the lease of a row and posts the letters itself, since the worker that
posts the others may be what has died.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from flask import current_app
from sqlalchemy import literal, select

from webapp.clock import now
from webapp.database import db, inserting, uuid7, writing
from webapp.mail import Letter, post_at_once
from webapp.people import administrators_with_an_address, letter_to
from webapp.watch.models import Alarm
from webapp.watch.reads import signs
from webapp.watch.steps import Step, next_step

LEASE = timedelta(minutes=10)  # longer than letters to a dozen administrators over a mail server that dawdles
TRY_AGAIN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Task:
    """What one process has taken upon itself to tell."""

    kind: str
    step: Step
    alarm_id: UUID
    since: datetime
    times_told: int


def look(name: str, seen_before: Collection[str]) -> frozenset[str]:
    """One look by the process `name`, in transactions of its own; returns the kinds of trouble that it sees.

    What it sees for the first time (it is not in `seen_before`) it leaves until its next look: a machine that wakes
    up sees an old beat before the worker has had a second to say a new one.
    """
    found, at = signs().troubles, now()
    alarms = {alarm.kind: alarm for alarm in db.session.scalars(select(Alarm))}
    steps = {kind: next_step(alarms.get(kind), trouble, at) for kind, trouble in found.items()}
    db.session.rollback()
    for kind, step in steps.items():
        if step is not None and (kind in alarms or kind in seen_before):
            _go_on(name, kind, found[kind], at)
    return frozenset(kind for kind, trouble in found.items() if trouble)


def _go_on(name: str, kind: str, trouble: bool | None, at: datetime) -> None:
    with writing():
        task = _take(name, kind, trouble, at)
    if task is not None:
        was_told = _post(task)
        with writing():
            _write_down(task, name, was_told, at)


def _take(name: str, kind: str, trouble: bool | None, at: datetime) -> Task | None:
    """Decide anew, now that nobody else can; and take the lease where somebody is to be told."""
    alarm = db.session.get(Alarm, kind, with_for_update=True)
    step = next_step(alarm, trouble, at)
    if step is None:
        return None
    if alarm is None:
        return _begin(name, kind, at)
    match step:
        case Step.forget:
            db.session.delete(alarm)
        case Step.note_well:
            alarm.well_since = at
        case Step.note_ill:
            alarm.well_since = None
        case Step.tell | Step.tell_over:
            alarm.locked_by, alarm.locked_until = name, at + LEASE
            return Task(kind, step, alarm.id, alarm.since, alarm.times_told)
    return None


def _begin(name: str, kind: str, at: datetime) -> Task | None:
    row = {"kind": kind, "id": uuid7(), "since": at, "times_told": 0, "locked_by": name, "locked_until": at + LEASE}
    begun = inserting(Alarm).on_conflict_do_nothing(index_elements=["kind"]).returning(literal(1))
    if db.session.execute(begun, row).first() is None:
        return None
    return Task(kind, Step.tell, row["id"], at, 0)  # type: ignore[arg-type]


def _post(task: Task) -> bool:
    """Post the letters; whether a mail server has taken or refused at least one of them for good."""
    letters: dict[UUID, Letter] = {}
    for person in administrators_with_an_address():
        letter = letter_to(person, _template(task), since=f"{task.since:%Y-%m-%d %H:%M} UTC")
        if letter is not None:
            letters[uuid5(task.alarm_id, f"{task.step}:{task.times_told}:{person.id}")] = letter
    db.session.rollback()  # nothing stays open while the mail server takes its time
    came_back = post_at_once(letters)
    for trouble in came_back.values():
        if trouble is not None:
            current_app.logger.warning("An alarm (%s) could not be mailed: %s", task.kind, trouble)
    return not letters or any(trouble is None or trouble.for_good for trouble in came_back.values())


def _template(task: Task) -> str:
    return f"alarm_{task.kind}" + ("_over" if task.step is Step.tell_over else "")


def _write_down(task: Task, name: str, was_told: bool, at: datetime) -> None:
    """Inside a write transaction; nothing where the lease was lost meanwhile."""
    alarm = db.session.get(Alarm, task.kind, with_for_update=True)
    if alarm is None or alarm.locked_by != name:
        return
    alarm.locked_by, alarm.locked_until = None, None
    if not was_told:
        alarm.locked_until = at + TRY_AGAIN_AFTER
    elif task.step is Step.tell_over:
        db.session.delete(alarm)
    else:
        alarm.told_at, alarm.well_since, alarm.times_told = at, None, alarm.times_told + 1
