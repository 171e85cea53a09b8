"""What a page does with a job: ask for it, look at it, ask to stop it. Its worker is elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from pydantic import BaseModel
from sqlalchemy import delete, select

from webapp import audit
from webapp.clock import now
from webapp.database import db, inserting, uuid7
from webapp.jobs.models import CANCELLED, UNFINISHED, Job

KEPT = timedelta(days=30)


def ask(kind: str, by: UUID, arguments: BaseModel, about: UUID | str = "") -> UUID:
    """Leave a job for the worker, inside a write transaction; returns its id.

    While one of this kind about this thing is unfinished, that one is returned: ten taps make one job.
    """
    job_id, at = uuid7(), now()
    waiting = inserting(
        Job,
        id=job_id,
        kind=kind,
        about=str(about),
        asked_by_id=by,
        asked_at=at,
        due_at=at,
        arguments=arguments.model_dump(mode="json"),
    )
    same = {"index_elements": ["kind", "about"], "index_where": UNFINISHED}
    asked = db.session.scalar(waiting.on_conflict_do_nothing(**same).returning(Job.id))  # type: ignore[arg-type]
    if asked is None:
        there = unfinished_job(kind, about)
        return there.id if there else ask(kind, by, arguments, about)
    audit.record(by, "jobs.asked", "job", job_id, kind=kind)
    return job_id


def unfinished_job(kind: str, about: UUID | str = "") -> Job | None:
    """The job of this kind about this thing that waits or runs now."""
    return db.session.scalar(select(Job).where(Job.kind == kind, Job.about == str(about), Job.finished_at.is_(None)))


def job_or_404(asker: UUID, job_id: UUID) -> Job:
    """A job that this person asked for; for everybody else there is none."""
    job = db.session.get(Job, job_id)
    if job is None or job.asked_by_id != asker:
        abort(404)
    return job


def ask_to_stop(by: UUID, job: Job) -> None:
    """Stop a job, inside a write transaction: at once when nobody has begun it, else within seconds."""
    job = db.session.get_one(Job, job.id, with_for_update=True, populate_existing=True)
    if job.is_over or job.cancel_asked_at is not None:
        return
    job.cancel_asked_at = now()
    audit.record(by, "jobs.stopped", "job", job.id, kind=job.kind)
    if job.locked_by is None:
        job.finish(CANCELLED, now())


def forget_old(at: datetime) -> None:
    """Let go of what was over 30 days ago, inside a write transaction."""
    db.session.execute(delete(Job).where(Job.finished_at < at - KEPT))
