"""The worker's part: claim the job that waits longest, run its function, and write down how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from pydantic import BaseModel, ValidationError
from sqlalchemy import or_, select

from webapp import audit
from webapp.clock import now
from webapp.database import Busy, db, writing
from webapp.jobs.holding import LEASE, Cancelled, Failed, LostLease, Run, Stopped, kept
from webapp.jobs.models import CANCELLED, FAILED, WAITING, Job

ATTEMPTS = 3
FIRST_WAIT = timedelta(seconds=10)
BUSY_WAIT = timedelta(seconds=2)


@dataclass(frozen=True)
class Kind:
    """What a kind of job takes and what does it. The function ends inside `run.finishing()`, or raises."""

    arguments: type[BaseModel]
    function: Callable[[Run, Any], None]


Kinds = Mapping[str, Kind]


def work_once(kinds: Kinds, worker: str, stop: threading.Event) -> bool:
    """Run one job that waits, if one does; returns whether there was one. Call it outside of any transaction.

    A job whose worker died is free again when its lease is over, and begins anew; after three times it has failed.
    """
    job = _claim(kinds, worker)
    if job is None:
        return False
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    run = Run(job.id, job.asked_by_id, worker, stop)
    try:
        arguments = kinds[job.kind].arguments.model_validate(job.arguments)
        with kept(app, run):
            kinds[job.kind].function(run, arguments)
    except Exception as trouble:
        db.session.rollback()
        _write_down(job.id, worker, trouble)
    return True


def _claim(kinds: Kinds, worker: str) -> Job | None:
    at = now()
    due = (
        select(Job.id)
        .where(
            Job.finished_at.is_(None),
            Job.kind.in_(kinds),
            Job.due_at <= at,
            or_(Job.locked_until.is_(None), Job.locked_until <= at),
        )
        .order_by(Job.due_at, Job.id)
        .limit(1)
    )
    nothing_due = db.session.scalar(due) is None
    db.session.rollback()
    if nothing_due:
        return None
    with writing():
        # Two statements: PostgreSQL may run a subquery of an UPDATE again for each row, and would claim several.
        job_id = db.session.scalar(due.with_for_update(skip_locked=True))
        job = db.session.get(Job, job_id, populate_existing=True) if job_id else None
        if job is not None:
            job.locked_by, job.locked_until, job.attempts = worker, at + LEASE, job.attempts + 1
            _finish_what_needs_no_work(job)
    db.session.rollback()
    return None if job is None or job.is_over else job


def _finish_what_needs_no_work(job: Job) -> None:
    """Its worker died after somebody asked to stop it, or it took three workers with it."""
    if job.cancel_asked_at is not None:
        job.finish(CANCELLED, now())
    elif job.attempts > ATTEMPTS:
        _fail(job, "died")


def _write_down(job_id: UUID, worker: str, trouble: Exception) -> None:
    """How a job ended that did not finish, unless somebody else has it by now."""
    if isinstance(trouble, LostLease):
        return
    if not isinstance(trouble, Cancelled | Stopped | Failed | Busy):
        current_app.logger.error("The job %s met trouble.", job_id, exc_info=trouble)
    with writing(wait=30):
        job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
        if job is None or job.locked_by != worker or job.is_over:
            return
        if isinstance(trouble, Cancelled) or job.cancel_asked_at is not None:
            job.finish(CANCELLED, now())
        elif isinstance(trouble, Failed):
            _fail(job, trouble.reason)
        elif isinstance(trouble, ValidationError):
            _fail(job, "trouble")
        else:
            _put_back(job, trouble)


def _put_back(job: Job, trouble: Exception) -> None:
    job.locked_by = job.locked_until = None
    job.doing, job.done, job.total = WAITING, 0, None
    if isinstance(trouble, Stopped | Busy):
        job.attempts -= 1
        job.due_at = now() + (BUSY_WAIT if isinstance(trouble, Busy) else timedelta())
    elif job.attempts >= ATTEMPTS:
        _fail(job, "trouble")
    else:
        job.due_at = now() + FIRST_WAIT * (1 << job.attempts)


def _fail(job: Job, reason: str) -> None:
    job.finish(FAILED, now(), reason)
    audit.record(job.asked_by_id, "jobs.failed", "job", job.id, kind=job.kind, reason=reason)
