"""A worker that is killed in the middle of a job changes nothing, and the next one does the whole of it once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import MovedClock
from tests.harness.waiting import until
from tests.jobs.conftest import Ask, counted, read, worker
from tests.jobs.counting import WRITING
from webapp.config import Settings
from webapp.database import db, writing
from webapp.jobs import Job, ask_to_stop
from webapp.jobs.holding import LEASE

AFTER_THE_LEASE = LEASE + timedelta(minutes=1)
STEPS, EACH = 30, 0.05


@pytest.fixture(autouse=True)
def _here_and_now(clock: MovedClock) -> None:
    """Processes read the machine's clock."""
    clock.at = datetime.now(UTC)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["counting", "writing"])
def test_a_job_is_done_once_although_its_worker_was_killed(ask_to_count: Ask, settings: Settings, when: str) -> None:
    job_id = ask_to_count(STEPS, seconds_each=EACH)
    moments: dict[str, Callable[[], bool]] = {
        "counting": lambda: 5 <= read(job_id).done < STEPS - 2,
        "writing": (settings.data_dir / WRITING).exists,  # its one transaction takes as long again
    }
    with worker(settings) as killed:
        until(moments[when], f"{when}", within=60)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert counted(job_id) == 0
    assert read(job_id).finished_at is None
    with worker(settings, later=AFTER_THE_LEASE):
        until(lambda: read(job_id).is_over, "the job", within=60)
    job = read(job_id)
    assert (job.outcome, job.attempts, job.result) == ("done", 2, {"counted": STEPS})
    assert counted(job_id) == STEPS


@pytest.mark.slow
def test_two_workers_do_each_job_once(ask_to_count: Ask, settings: Settings) -> None:
    jobs = [ask_to_count(8, about=str(number), seconds_each=0.02) for number in range(6)]
    with worker(settings), worker(settings):
        until(lambda: all(read(job).is_over for job in jobs), "all jobs", within=LEASE.total_seconds())
    assert [(read(job).outcome, read(job).attempts, counted(job)) for job in jobs] == [("done", 1, 8)] * 6


@pytest.mark.slow
def test_a_running_job_is_stopped_within_seconds(ask_to_count: Ask, settings: Settings) -> None:
    job_id = ask_to_count(10_000, seconds_each=EACH)
    with worker(settings):
        until(lambda: read(job_id).done > 2, "a beginning", within=60)
        with writing():
            ask_to_stop(job_id, db.session.get_one(Job, job_id))
        until(lambda: read(job_id).is_over, "the end", within=20)
    assert (read(job_id).outcome, counted(job_id)) == ("cancelled", 0)


@pytest.mark.slow
def test_a_worker_that_is_told_to_end_gives_its_job_to_the_next(ask_to_count: Ask, settings: Settings) -> None:
    job_id = ask_to_count(STEPS, seconds_each=EACH)
    with worker(settings) as ending:
        until(lambda: read(job_id).done > 2, "a beginning", within=60)
        ending.send_signal(signal.SIGTERM)
        assert ending.wait(15) == 0
    assert (read(job_id).locked_by, read(job_id).attempts) == (None, 0)
    with worker(settings):
        until(lambda: read(job_id).is_over, "the job", within=60)
    assert (read(job_id).outcome, counted(job_id)) == ("done", STEPS)
