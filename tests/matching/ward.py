"""People of the cast's programme who said something of themselves, and a run over them."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tests.people import Cast
from tests.profiles.saying import says
from tests.programmes.building import takes_part
from webapp.database import db, writing
from webapp.jobs import Job, ask, work_once
from webapp.matching import Settings
from webapp.matching.runs import MATCH, MatchArguments
from webapp.matching.runs.models import MatchRun
from webapp.matching.runs.plain import settings_as_data
from webapp.programmes import Enrolment, Programme
from webapp.staff import StaffRecord
from webapp.worker import KINDS


def joins(
    cast: Cast, name: str, role: str, words: tuple[str, ...] = (), *, shifts: str = "", capacity: int = 1, **more: Any
) -> UUID:
    """Somebody new in the programme who wants to learn, or knows, these words."""
    person = takes_part(cast, cast.programme, name, role, capacity=capacity, **more)
    if words:
        part = db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == person)).one()
        says(person, "goals", part, goals=[{"word": word} for word in words])
    if shifts:
        says(person, "week", patterns=[shifts], days=[0, 3])
    return person


def listed(person: UUID, **said: Any) -> None:
    """What the staff list says of somebody."""
    with writing():
        db.session.add(StaffRecord(person_id=person, **({"languages": []} | said)))


def ask_for_run(cast: Cast, settings: Settings | None = None, by: UUID | None = None, **more: Any) -> UUID:
    """A run over the programme, asked for by Carol."""
    data = settings_as_data(settings or Settings())
    with writing():
        return ask(
            MATCH, by or cast.carol, MatchArguments(programme=cast.programme, settings=data, **more), cast.programme
        )


def do_the_jobs() -> None:
    while work_once(KINDS, "a worker", Event()):
        pass
    db.session.rollback()


def run_now(cast: Cast, settings: Settings | None = None, **more: Any) -> MatchRun:
    """The same, done."""
    job_id = ask_for_run(cast, settings, **more)
    do_the_jobs()
    run = db.session.get(MatchRun, job_id)
    assert run is not None, db.session.get_one(Job, job_id, populate_existing=True).reason
    return run


def programme_of(cast: Cast) -> Programme:
    return db.session.get_one(Programme, cast.programme)
