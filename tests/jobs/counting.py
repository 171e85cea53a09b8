"""A worker with a job of the tests' own: it counts in steps, and at the end founds as many sites in one transaction."""

from __future__ import annotations

import os
import sys
import time

from pydantic import BaseModel

from webapp.app import create_app
from webapp.config import Settings, current_settings
from webapp.database import db
from webapp.jobs import Failed, Kind, Run
from webapp.people import Site
from webapp.worker import run_until_told

WRITING = "counting-writes"  # a file that says that the transaction is under way


class Count(BaseModel):
    """How many sites, how long each step takes, and whether it finds that it cannot."""

    to: int
    seconds_each: float = 0.0
    cannot: bool = False


def count(run: Run, arguments: Count) -> None:
    for step in range(arguments.to):
        run.say("counting", step, arguments.to)
        time.sleep(arguments.seconds_each)
    if arguments.cannot:
        raise Failed("uncountable")
    with run.finishing() as result:
        for step in range(arguments.to):
            db.session.add(Site(name=f"{run.job_id} {step}"))
            db.session.flush()
            (current_settings().data_dir / WRITING).touch()
            time.sleep(arguments.seconds_each)
        result["counted"] = arguments.to


KINDS = {"count": Kind(Count, count)}

if __name__ == "__main__":
    run_until_told(create_app(Settings.from_env(os.environ)), KINDS)
    sys.exit(0)
