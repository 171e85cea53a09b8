"""A run in a process of its own: it can be stopped at any moment, also in the middle of the solver, and gives its
memory back."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from pathlib import Path

from webapp.matching.cohort import Cohort, Refused
from webapp.matching.outcome import Outcome
from webapp.matching.progress import Stopped, Tell
from webapp.matching.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # a run never takes every core
LOOKS_EVERY = 0.1  # seconds


class Died(Exception):
    """The process ended without an answer: out of memory, or killed."""


def solve_apart(
    cohort: Cohort,
    settings: Settings,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] | None = None,
    limit: float = 600.0,
) -> Outcome:
    """The same as `solve`. `limit` is in seconds. Raises Refused, Stopped, Died."""
    here, there = Pipe()
    command = [sys.executable, "-m", "webapp.matching.child", str(there.fileno())]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | ONE_THREAD, pass_fds=[there.fileno()])  # noqa: S603
    there.close()
    until = time.monotonic() + limit
    try:
        here.send((cohort, settings))
        while True:
            if (should_stop is not None and should_stop()) or time.monotonic() > until:
                raise Stopped
            if here.poll(LOOKS_EVERY):
                match here.recv():
                    case ("step", str(step), float(done)):
                        if tell is not None:
                            tell(step, done)
                    case ("refused", faults):
                        raise Refused(faults)
                    case ("outcome", Outcome() as outcome):
                        return outcome
    except (EOFError, OSError) as gone:
        raise Died from gone
    finally:
        process.kill()
        process.wait()
        here.close()
