"""A job while a worker holds it: its lease is renewed beside the work, and its progress written down.

The function that works may compute in silence for minutes: a thread of its own keeps the lease, writes the progress
once a second and hears the wish to stop. So the function asks `run.go_on()` as often as it likes; that costs nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from webapp.clock import now
from webapp.database import Busy, db, writing
from webapp.jobs.models import DONE, Job

LEASE = timedelta(seconds=45)
LOOK_EVERY = 1.0
RENEW_EVERY = 10.0


class Cancelled(Exception):
    """Whoever asked for the job has asked to stop it."""


class Stopped(Exception):
    """This worker is ending; another one takes the job up."""


class LostLease(Exception):
    """Another worker has the job by now: whatever was done here is not written."""


class Failed(Exception):
    """The job cannot be done, and trying again is no use. `reason` is the key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Run:
    """What a job's function is given. `job_id` and `asked_by` say which it is and who asked."""

    def __init__(self, job_id: UUID, asked_by: UUID | None, worker: str, stop: threading.Event) -> None:
        self.job_id, self.asked_by = job_id, asked_by
        self._worker, self._stop = worker, stop
        self._ended: type[Exception] | None = None
        self._said: tuple[str, int, int | None] = ("", 0, None)

    def say(self, doing: str, done: int = 0, total: int | None = None) -> None:
        """What it is doing now and how far it is; raises as `go_on` does. Call it as often as you like."""
        self._said = (doing, done, total)
        self.go_on()

    def go_on(self) -> None:
        """Raises `Cancelled`, `Stopped` or `LostLease` when there is no use in going on."""
        if self._ended is not None:
            raise self._ended
        if self._stop.is_set():
            raise Stopped

    @contextmanager
    def finishing(self, **result: Any) -> Iterator[dict[str, Any]]:
        """One write transaction for what the job changes: it is done with this commit, or nothing is changed.

        Yields its result, to be added to. Raises `Cancelled` or `LostLease` instead where that came first.
        """
        self.go_on()
        with writing(wait=30):
            job = db.session.get(Job, self.job_id, with_for_update=True, populate_existing=True)
            if job is None or job.locked_by != self._worker or job.is_over:
                raise LostLease
            if job.cancel_asked_at is not None:
                raise Cancelled
            yield result
            job.result, job.doing = result, self._said[0] or job.doing
            job.done, job.total = self._said[1], self._said[2]
            job.finish(DONE, now())


@contextmanager
def kept(app: Flask, run: Run) -> Iterator[None]:
    """Keep a run's lease while the work inside goes on."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(app, run, over), name="job-keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(app: Flask, run: Run, over: threading.Event) -> None:
    written, since_renewed = run._said, 0.0
    with app.app_context():
        while not over.wait(LOOK_EVERY):
            since_renewed += LOOK_EVERY
            _hear(run)
            if run._said != written or since_renewed >= RENEW_EVERY:
                said = run._said
                with suppress(Busy, OperationalError):  # the next second brings another chance
                    _write_down(run, said)
                    written, since_renewed = said, 0.0
            db.session.remove()


def _hear(run: Run) -> None:
    with suppress(OperationalError):
        job = db.session.get(Job, run.job_id, populate_existing=True)
        if job is None or job.locked_by != run._worker:
            run._ended = LostLease
        elif job.cancel_asked_at is not None:
            run._ended = Cancelled
    db.session.rollback()


def _write_down(run: Run, said: tuple[str, int, int | None]) -> None:
    doing, done, total = said
    values: dict[str, Any] = {"locked_until": now() + LEASE, "done": done, "total": total}
    if doing:
        values["doing"] = doing
    mine = update(Job).where(Job.id == run.job_id, Job.locked_by == run._worker, Job.finished_at.is_(None))
    with writing():
        db.session.execute(mine.values(**values).execution_options(synchronize_session=False))
