"""What to do about one kind of trouble, given what was seen and what was told before; pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from webapp.watch.models import Alarm

AGAIN_AFTER = timedelta(hours=24)
CALM_FOR = timedelta(minutes=10)  # what comes and goes every few minutes is one alarm, not twenty


class Step(StrEnum):
    """What comes next."""

    tell = "tell"  # that there is trouble, for the first time or once more
    tell_over = "tell_over"
    note_well = "note_well"  # gone for now: wait whether it stays away
    note_ill = "note_ill"  # it came back within the calm
    forget = "forget"  # it is over before anybody could be told


def next_step(alarm: Alarm | None, trouble: bool | None, at: datetime) -> Step | None:
    """The step for a kind of trouble at a moment; None when there is nothing to do, or somebody is doing it."""
    if alarm is None:
        return Step.tell if trouble else None
    if trouble is None or (alarm.locked_until is not None and alarm.locked_until > at):
        return None
    return _while_it_lasts(alarm, at) if trouble else _when_it_is_gone(alarm, at)


def _while_it_lasts(alarm: Alarm, at: datetime) -> Step | None:
    if alarm.told_at is None or at - alarm.told_at >= AGAIN_AFTER:
        return Step.tell
    return Step.note_ill if alarm.well_since is not None else None


def _when_it_is_gone(alarm: Alarm, at: datetime) -> Step | None:
    if alarm.told_at is None:
        return Step.forget
    if alarm.well_since is None:
        return Step.note_well
    return Step.tell_over if at - alarm.well_since >= CALM_FOR else None
