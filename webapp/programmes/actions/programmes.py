"""Making a programme, changing it, starting and ending it, and beginning another one like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.programmes.actions.agreements import copy_agreement, write_first_version
from webapp.programmes.models import Cohort, CoordinatorSite, Objective, Programme, ProgrammeCoordinator
from webapp.programmes.presets import PRESETS
from webapp.programmes.reads import contacts_missing
from webapp.programmes.rules import Rhythm
from webapp.safety import MissingContact

A_YEAR = timedelta(weeks=52)  # the same weekday a year on
Scopes = Mapping[UUID, frozenset[UUID]]


class CannotStart(Exception):
    """People would not know whom to ring; `missing` says for what, in which language and where."""

    def __init__(self, missing: list[MissingContact]) -> None:
        super().__init__(f"{len(missing)} help contacts are missing")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Outline:
    """What a programme is for, and when. Dates are the organisation's calendar days."""

    name: str
    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What people may count on: `protected_minutes` a month, `off_shift` one of `rules.OFF_SHIFT`."""

    rhythm: Rhythm
    protected_minutes: int
    off_shift: str
    training_required: bool


def make_programme(
    by: Person, outline: Outline, coordinators: Collection[UUID], preset: str = "own", today: date | None = None
) -> Programme:
    """A draft with these coordinators (ids of people who hold the role), as the preset suggests.

    Objectives are counted from the day it starts on, or else from `today`.
    """
    suggested = PRESETS[preset]
    begins = outline.starts_on or today or now().date()
    programme = Programme(id=uuid7(), name=outline.name, created_at=now())
    with force_locale(by.lang):
        programme.purpose = outline.purpose or str(suggested.purpose)
    programme.starts_on = outline.starts_on
    programme.ends_on = outline.ends_on
    if outline.starts_on and not outline.ends_on and suggested.lasts_days:
        programme.ends_on = outline.starts_on + timedelta(days=suggested.lasts_days)
    _take_rhythm(programme, suggested.rhythm)
    programme.protected_minutes, programme.off_shift = suggested.protected_minutes, "not_asked"
    db.session.add(programme)
    programme.coordinators = [ProgrammeCoordinator(person_id=person_id) for person_id in sorted(set(coordinators))]
    db.session.flush()
    for wish in suggested.objectives:
        due_on = begins + timedelta(days=wish.after_days)
        _add_objective(
            programme, Objective(kind=wish.kind, measure=wish.measure, target=wish.target, due_on=due_on), by
        )
    audit.record(by.id, "programmes.made", "programme", programme.id, preset=preset)
    return programme


def describe_programme(by: Person, programme: Programme, outline: Outline) -> None:
    """Give it this name, purpose and dates."""
    programme.name, programme.purpose = outline.name, outline.purpose
    programme.starts_on, programme.ends_on = outline.starts_on, outline.ends_on
    audit.record(by.id, "programmes.described", "programme", programme.id)


def change_terms(by: Person, programme: Programme, terms: Terms) -> None:
    """From now on this rhythm, these minutes and this training; what was before is not counted anew."""
    _take_rhythm(programme, terms.rhythm)
    programme.protected_minutes, programme.off_shift = terms.protected_minutes, terms.off_shift
    if not terms.training_required:
        programme.training_required_since = None
    elif programme.training_required_since is None:
        programme.training_required_since = now()
    audit.record(by.id, "programmes.changed_terms", "programme", programme.id)


def let_coordinate(by: Person, programme: Programme, scopes: Scopes) -> None:
    """Exactly these people coordinate it, each on these sites; no sites means all of them."""
    programme.coordinators = [row for row in programme.coordinators if row.person_id in scopes]
    standing = {row.person_id: row for row in programme.coordinators}
    for person_id, sites in sorted(scopes.items()):
        row = standing.get(person_id) or ProgrammeCoordinator(person_id=person_id)
        row.sites = [each for each in row.sites if each.site_id in sites]
        there = {each.site_id for each in row.sites}
        row.sites += [CoordinatorSite(site_id=site_id) for site_id in sorted(sites - there)]
        if person_id not in standing:
            programme.coordinators.append(row)
    audit.record(by.id, "programmes.changed_coordinators", "programme", programme.id, coordinators=len(scopes))


def start_programme(by: Person, programme: Programme) -> None:
    """Let it run, with the agreement as it is worded now. Raises CannotStart. Once is enough."""
    if programme.state != "draft":
        return
    missing = contacts_missing(programme)
    if missing:
        raise CannotStart(missing)
    programme.started_at, programme.started_by_id = now(), by.id
    write_first_version(by, programme)
    audit.record(by.id, "programmes.started", "programme", programme.id)


def end_programme(by: Person, programme: Programme) -> None:
    """No new pairs from now on; pairs that stand go on until they end. Once is enough."""
    if programme.is_running:
        programme.ended_at, programme.ended_by_id = now(), by.id
        audit.record(by.id, "programmes.ended", "programme", programme.id)


def repeat_programme(by: Person, last: Programme, name: str, starts_on: date | None) -> Programme:
    """A draft like another programme, its dates moved to `starts_on`, or a year on. Nobody is enrolled in it."""
    moved = starts_on - last.starts_on if starts_on and last.starts_on else A_YEAR
    programme = Programme(id=uuid7(), name=name, purpose=last.purpose, created_at=now())
    programme.starts_on = starts_on or (last.starts_on and last.starts_on + moved)
    programme.ends_on = last.ends_on and last.ends_on + moved
    _take_rhythm(programme, last.rhythm)
    programme.protected_minutes, programme.off_shift = last.protected_minutes, last.off_shift
    programme.training_required_since = now() if last.training_required_since else None
    db.session.add(programme)
    db.session.flush()
    let_coordinate(by, programme, {row.person_id: frozenset(s.site_id for s in row.sites) for row in last.coordinators})
    for cohort in db.session.scalars(select(Cohort).where(Cohort.programme_id == last.id)):
        ends_on = cohort.ends_on and cohort.ends_on + moved
        db.session.add(
            Cohort(programme_id=programme.id, name=cohort.name, starts_on=cohort.starts_on + moved, ends_on=ends_on)
        )
    for old in db.session.scalars(select(Objective).where(Objective.programme_id == last.id).order_by(Objective.id)):
        new = Objective(kind=old.kind, measure=old.measure, baseline=old.baseline, target=old.target)
        new.due_on = old.due_on + moved
        _add_objective(programme, new, by)
    copy_agreement(by, last, programme)
    audit.record(by.id, "programmes.repeated", "programme", programme.id, last=str(last.id))
    return programme


def _add_objective(programme: Programme, objective: Objective, by: Person) -> None:
    objective.programme_id, objective.made_at, objective.made_by_id = programme.id, now(), by.id
    db.session.add(objective)


def _take_rhythm(programme: Programme, rhythm: Rhythm) -> None:
    programme.hello_hours, programme.first_talk_days = rhythm.hello_hours, rhythm.first_talk_days
    programme.weekly_days, programme.fortnightly_days = rhythm.weekly_days, rhythm.fortnightly_days
