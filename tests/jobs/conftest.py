"""Asking for the tests' own job, and real workers that do it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _

from tests.jobs.counting import Count
from tests.people import Cast
from webapp.config import Settings
from webapp.database import db, writing
from webapp.jobs import Job, Words, ask, tell_words
from webapp.people import Site

ROOT = Path(__file__).resolve().parents[2]
Ask = Callable[..., UUID]


@pytest.fixture(autouse=True)
def _words(app: Flask) -> None:
    counting = {"counting": _("Saved.")}
    tell_words(app, {"count": Words(_("Save"), lambda job: "/people", counting, {"uncountable": _("Nobody found")})})


@pytest.fixture
def ask_to_count(cast: Cast) -> Ask:
    """Asks for a count, as Ada unless said otherwise."""

    def asked(to: int = 3, about: str = "", by: UUID = cast.admin, **more: object) -> UUID:
        with writing():
            return ask("count", by, Count(to=to, **more), about)  # type: ignore[arg-type]

    return asked


def read(job_id: UUID) -> Job:
    """The job as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Job, job_id, populate_existing=True)


def counted(job_id: UUID) -> int:
    """How many sites a job has founded."""
    db.session.rollback()
    named = db.select(db.func.count()).select_from(Site).where(Site.name.like(f"{job_id} %"))
    return db.session.scalar(named) or 0


@contextmanager
def worker(settings: Settings, *, later: timedelta = timedelta()) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process that can count, whose clock is so much later."""
    environ = os.environ | {
        "FRIENDTOR_DATA": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PUBLIC_URL": settings.public_url,
        "FRIENDTOR_CLOCK_OFFSET": str(int(later.total_seconds())),
    }
    process = subprocess.Popen([sys.executable, "-m", "tests.jobs.counting"], cwd=ROOT, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
