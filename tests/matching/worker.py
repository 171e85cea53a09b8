"""A worker process as it is in service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from webapp.config import Settings

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def matching_worker(settings: Settings, *, later: timedelta = timedelta()) -> Iterator[subprocess.Popen[bytes]]:
    """One whose clock is so much later."""
    environ = os.environ | {
        "FRIENDTOR_DATA": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PUBLIC_URL": settings.public_url,
        "FRIENDTOR_CLOCK_OFFSET": str(int(later.total_seconds())),
    }
    process = subprocess.Popen([sys.executable, "-m", "webapp.worker"], cwd=ROOT, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
