"""A job from being asked for to what became of it, in one process."""

from __future__ import annotations

import threading
from uuid import UUID

from pydantic import BaseModel

from tests.conftest import MovedClock
from tests.harness.waiting import until
from tests.jobs.conftest import Ask, counted, read
from tests.jobs.counting import KINDS, Count, count
from tests.people import Cast
from webapp.clock import now
from webapp.database import db, writing
from webapp.jobs import Job, Kind, LostLease, Run, ask_to_stop, forget_old, unfinished_job, work_once
from webapp.jobs.holding import LEASE
from webapp.people import Site


def work(worker: str = "one", stop: threading.Event | None = None, kinds: dict[str, Kind] = KINDS) -> bool:
    return work_once(kinds, worker, stop or threading.Event())


def outcome(job_id: UUID) -> tuple[str | None, str | None]:
    job = read(job_id)
    return job.outcome, job.reason


def test_a_job_is_done_and_says_what_came_out(ask_to_count: Ask) -> None:
    job_id = ask_to_count(3)
    assert work()
    assert (outcome(job_id), read(job_id).result, counted(job_id)) == (("done", None), {"counted": 3}, 3)
    assert not work()


def test_ten_taps_make_one_job(ask_to_count: Ask) -> None:
    assert len({ask_to_count(2, about="one thing") for _ in range(10)}) == 1
    assert ask_to_count(2, about="another") != ask_to_count(2, about="one thing")
    while work():
        pass
    assert unfinished_job("count", "one thing") is None
    assert ask_to_count(2, about="one thing")


def test_the_job_that_waits_longest_comes_first(ask_to_count: Ask, clock: MovedClock) -> None:
    first = ask_to_count(1, about="a")
    clock.move(seconds=1)
    second = ask_to_count(1, about="b")
    work()
    assert (read(first).is_over, read(second).is_over) == (True, False)


def test_a_job_that_cannot_be_done_says_why(ask_to_count: Ask) -> None:
    job_id = ask_to_count(3, cannot=True)
    work()
    assert (outcome(job_id), counted(job_id)) == (("failed", "uncountable"), 0)


def test_trouble_is_tried_three_times(ask_to_count: Ask, clock: MovedClock) -> None:
    def fall_over(run: Run, arguments: Count) -> None:
        with run.finishing():
            db.session.add(Site(name=f"{run.job_id} half"))
            db.session.flush()
            raise ZeroDivisionError

    job_id, kinds = ask_to_count(1), {"count": Kind(Count, fall_over)}
    for _ in range(3):
        assert work(kinds=kinds)
        assert not work(kinds=kinds), "at once again"
        clock.move(minutes=5)
    assert (outcome(job_id), counted(job_id)) == (("failed", "trouble"), 0)


def test_arguments_that_no_longer_fit_end_the_job(ask_to_count: Ask) -> None:
    class Other(BaseModel):
        something: str

    job_id = ask_to_count(1)
    work(kinds={"count": Kind(Other, count)})
    assert outcome(job_id) == ("failed", "trouble")


def test_a_job_that_nobody_began_is_stopped_at_once(ask_to_count: Ask, cast: Cast) -> None:
    job_id = ask_to_count(1)
    with writing():
        ask_to_stop(cast.admin, db.session.get_one(Job, job_id))
    assert outcome(job_id) == ("cancelled", None)
    assert not work()


def test_a_wish_to_stop_is_heard_in_the_middle(ask_to_count: Ask, cast: Cast) -> None:
    job_id = ask_to_count(100_000, seconds_each=0.01)
    asked: list[None] = []

    def count_and_ask(run: Run, arguments: Count) -> None:
        with writing():
            ask_to_stop(cast.admin, db.session.get_one(Job, job_id))
        asked.append(None)
        count(run, arguments)

    work(kinds={"count": Kind(Count, count_and_ask)})
    assert asked
    assert (outcome(job_id), counted(job_id)) == (("cancelled", None), 0)


def test_who_lost_the_lease_writes_nothing(ask_to_count: Ask, clock: MovedClock) -> None:
    job_id = ask_to_count(2)
    lost: list[bool] = []

    def dawdle(run: Run, arguments: Count) -> None:
        clock.move(seconds=LEASE.total_seconds() + 1)
        assert work("two"), "another worker takes it up"
        try:
            count(run, arguments)
        except LostLease:
            lost.append(True)
            raise

    work(kinds={"count": Kind(Count, dawdle)})
    assert lost
    assert (read(job_id).attempts, counted(job_id)) == (2, 2)


def test_a_lease_is_kept_while_the_work_is_silent(ask_to_count: Ask, clock: MovedClock) -> None:
    job_id = ask_to_count(1)

    def compute_in_silence(run: Run, arguments: Count) -> None:
        until_before = read(job_id).locked_until
        clock.move(seconds=20)
        until(lambda: read(job_id).locked_until != until_before, "a renewal", within=20)
        assert not work("two")
        count(run, arguments)

    work(kinds={"count": Kind(Count, compute_in_silence)})
    assert outcome(job_id) == ("done", None)


def test_a_job_that_takes_three_workers_with_it_is_not_begun_again(ask_to_count: Ask, clock: MovedClock) -> None:
    job_id = ask_to_count(1)
    with writing():
        db.session.get_one(Job, job_id).attempts = 3
    assert not work()
    assert outcome(job_id) == ("failed", "died")


def test_what_is_over_is_forgotten_after_thirty_days(ask_to_count: Ask, clock: MovedClock) -> None:
    old = ask_to_count(1)
    work()
    clock.move(days=31)
    waiting = ask_to_count(1)
    with writing():
        forget_old(now())
    db.session.rollback()
    assert db.session.get(Job, old) is None
    assert db.session.get(Job, waiting) is not None


def test_progress_is_written_beside_the_work(ask_to_count: Ask) -> None:
    job_id = ask_to_count(4)

    def watched(run: Run, arguments: Count) -> None:
        run.say("counting", 2, 4)
        until(lambda: read(job_id).done == 2, "progress", within=20)
        assert (read(job_id).doing, read(job_id).total) == ("counting", 4)
        count(run, arguments)

    work(kinds={"count": Kind(Count, watched)})
    assert outcome(job_id) == ("done", None)
