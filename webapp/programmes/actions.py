"""Making a programme and changing it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.programmes.models import Programme, ProgrammeCoordinator
from webapp.programmes.rules import DEFAULT_RHYTHM, Rhythm


def make_programme(by: Person, name: str, coordinators: Collection[UUID], rhythm: Rhythm = DEFAULT_RHYTHM) -> Programme:
    """A new programme with these coordinators (ids of people who hold the role)."""
    programme = Programme(id=uuid7(), name=name, created_at=now())
    db.session.add(programme)
    _take(programme, name, coordinators, rhythm)
    db.session.flush()
    audit.record(by.id, "programmes.made", "programme", programme.id)
    return programme


def change_programme(
    by: Person, programme: Programme, name: str, coordinators: Collection[UUID], rhythm: Rhythm
) -> None:
    """Give a programme this name, these coordinators and this rhythm from now on."""
    _take(programme, name, coordinators, rhythm)
    audit.record(by.id, "programmes.changed", "programme", programme.id, coordinators=len(coordinators))


def _take(programme: Programme, name: str, coordinators: Collection[UUID], rhythm: Rhythm) -> None:
    programme.name = name
    programme.hello_hours, programme.first_talk_days = rhythm.hello_hours, rhythm.first_talk_days
    programme.weekly_days, programme.fortnightly_days = rhythm.weekly_days, rhythm.fortnightly_days
    kept = [row for row in programme.coordinators if row.person_id in coordinators]
    new = set(coordinators) - {row.person_id for row in kept}
    programme.coordinators = [*kept, *(ProgrammeCoordinator(person_id=person_id) for person_id in sorted(new))]
