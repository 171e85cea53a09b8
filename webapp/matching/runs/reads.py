"""Loading runs: a coordinator starts from her programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import delete, select

from webapp.database import db
from webapp.matching.runs.models import MatchProposal, MatchRun
from webapp.matching.settings import Rules, Settings
from webapp.people import Person
from webapp.programmes import Programme

KEPT = timedelta(days=365)
AT_ONCE = 500  # ids in one question to the database
SHOWN = 20


def runs_of(programme: Programme) -> list[MatchRun]:
    """The last runs of a programme, the newest first."""
    theirs = select(MatchRun).where(MatchRun.programme_id == programme.id)
    return list(db.session.scalars(theirs.order_by(MatchRun.made_at.desc(), MatchRun.id.desc()).limit(SHOWN)))


def last_run_of(programme: Programme) -> MatchRun | None:
    """The run that counts: the newest."""
    return next(iter(runs_of(programme)), None)


def run_or_404(programme: Programme, run_id: UUID) -> MatchRun:
    """A run of this programme."""
    run = db.session.get(MatchRun, run_id)
    if run is None or run.programme_id != programme.id:
        abort(404)
    return run


def settings_of(programme: Programme) -> Settings:
    """What the organiser decided last for this programme, or how it begins."""
    last = last_run_of(programme)
    if last is not None:
        return last.settings
    return Settings(rules=Rules(training=programme.training_required_since is not None))


def proposals_of(run: MatchRun) -> list[MatchProposal]:
    """Every mentee of a run, those who have somebody first, the weakest pair first of all."""
    rows = db.session.scalars(select(MatchProposal).where(MatchProposal.run_id == run.id)).all()
    return sorted(rows, key=lambda row: (row.mentor_id is None, row.score or 0, str(row.mentee_id)))


def people_by_id(ids: Collection[UUID]) -> dict[UUID, Person]:
    """These people."""
    found: dict[UUID, Person] = {}
    asked = sorted(set(ids))
    for at in range(0, len(asked), AT_ONCE):
        rows = db.session.scalars(select(Person).where(Person.id.in_(asked[at : at + AT_ONCE])))
        found |= {row.id: row for row in rows}
    return found


def forget_old(at: datetime) -> None:
    """Let go of runs that are a year old, inside a write transaction."""
    db.session.execute(delete(MatchRun).where(MatchRun.made_at < at - KEPT))
