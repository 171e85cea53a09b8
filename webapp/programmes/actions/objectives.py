"""Saying what a programme wants to reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.programmes.models import Objective, Programme


@dataclass(frozen=True, slots=True)
class Aim:
    """`kind` of `rules.KINDS`, `measure` of `rules.MEASURES`; `baseline` and `target` in whole per cents."""

    kind: str
    measure: str
    target: int
    due_on: date
    baseline: int | None = None


def add_objective(by: Person, programme: Programme, aim: Aim) -> Objective:
    """One more objective."""
    objective = Objective(id=uuid7(), programme_id=programme.id, made_at=now(), made_by_id=by.id)
    _take(objective, aim)
    db.session.add(objective)
    audit.record(by.id, "programmes.added_objective", "objective", objective.id, measure=aim.measure)
    return objective


def change_objective(by: Person, objective: Objective, aim: Aim) -> None:
    """Want this from now on."""
    _take(objective, aim)
    audit.record(by.id, "programmes.changed_objective", "objective", objective.id, measure=aim.measure)


def remove_objective(by: Person, objective: Objective) -> None:
    """Want it no more."""
    audit.record(by.id, "programmes.removed_objective", "objective", objective.id, measure=objective.measure)
    db.session.delete(objective)


def _take(objective: Objective, aim: Aim) -> None:
    objective.kind, objective.measure = aim.kind, aim.measure
    objective.baseline, objective.target, objective.due_on = aim.baseline, aim.target, aim.due_on
