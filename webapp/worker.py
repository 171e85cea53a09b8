"""The worker: goes round and sends what is due, as many at once as one likes (`python -m webapp.worker`)."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from uuid import uuid4

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from webapp import (
    checkins,
    jobs,
    journal,
    mail,
    pairings,
    people,
    profiles,
    programmes,
    push,
    reminders,
    sealing,
    staff,
    sync,
    watch,
)
from webapp.clock import now
from webapp.config import BadSettings
from webapp.database import Busy, db, writing
from webapp.matching import offers, runs
from webapp.web import health

IDLE_SECONDS = 1.0
BUSY_SECONDS = 0.1
AFTER_TROUBLE_SECONDS = 5.0
BEAT_EVERY = 10.0
PLAN_EVERY = 20.0
OFFERS_EVERY = 20.0
LOOK_EVERY = 1.0
TIDY_EVERY = 3600.0
SEAL_ANEW_EVERY = 600.0

Chore = Callable[[], object]

# What a worker does when a page asks for it: the kind of a job, and the function of the room that knows how.
KINDS: jobs.Kinds = {
    people.INVITE: jobs.Kind(people.InviteArguments, people.invite_many),
    staff.IMPORT: jobs.Kind(staff.ImportArguments, staff.carry_out),
    staff.UNDO: jobs.Kind(staff.UndoArguments, staff.take_back),
    runs.MATCH: jobs.Kind(runs.MatchArguments, runs.match),
}


class Worker:
    """One worker process. What takes its time (letters, jobs, sealing anew) has a thread of its own: no push waits."""

    def __init__(self, app: Flask, stop: threading.Event, kinds: jobs.Kinds = KINDS) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._app = app
        self._stop = stop
        self._kinds = kinds
        self._courier = push.Courier(self.name)
        self._last_done: dict[Chore, float] = {}

    def run(self) -> None:
        """Go round until told to stop; then finish what is under way."""
        beside = [
            threading.Thread(target=self._go_round, args=(turn,), name=name)
            for name, turn in (
                ("letters", self._post_letters),
                ("jobs", self._do_a_job),
                ("sealing anew", self._seal_anew),
            )
        ]
        for thread in beside:
            thread.start()
        watch.keep_watch(self._app, self._stop)
        try:
            self._go_round(self._push_and_plan)
        finally:
            self._stop.set()
            with self._app.app_context():
                self._courier.stop()
            for thread in beside:
                thread.join()

    def _go_round(self, turn: Callable[[], float]) -> None:
        with self._app.app_context():
            while not self._stop.is_set():
                self._stop.wait(self._without_dying(turn))
                db.session.remove()

    def _without_dying(self, turn: Callable[[], float]) -> float:
        """One turn; trouble is written down and waited out, since a worker that dies sends nothing at all."""
        try:
            return turn()
        except Busy:
            return BUSY_SECONDS
        except Exception:
            current_app.logger.exception("The worker %s met trouble and goes on.", self.name)
            return AFTER_TROUBLE_SECONDS

    def _push_and_plan(self) -> float:
        self._every(BEAT_EVERY, _beat)
        self._every(PLAN_EVERY, reminders.plan_due)
        self._every(OFFERS_EVERY, offers.look_after_offers)
        self._every(LOOK_EVERY, _look_through_what_was_brought)
        self._every(TIDY_EVERY, tidy)
        did = push.release_due() + self._courier.turn(BUSY_SECONDS)
        return 0.0 if did or self._courier.is_busy else IDLE_SECONDS

    def _post_letters(self) -> float:
        return 0.0 if mail.deliver_due(now()) else IDLE_SECONDS

    def _do_a_job(self) -> float:
        return 0.0 if jobs.work_once(self._kinds, self.name, self._stop) else IDLE_SECONDS

    def _seal_anew(self) -> float:
        return BUSY_SECONDS if sealing.seal_anew() else SEAL_ANEW_EVERY

    def _every(self, seconds: float, chore: Chore) -> None:
        if time.monotonic() - self._last_done.get(chore, -seconds) >= seconds:
            chore()
            self._last_done[chore] = time.monotonic()


def _beat() -> None:
    with writing():
        health.beat()


def _look_through_what_was_brought() -> None:
    while sync.look_through():
        pass


def tidy() -> None:
    """Let go of what nobody needs any more: settled messages, old sign-ins, what was over 30 days ago.

    Pairs whose programme ended are asked whether they stay in touch, and end when their time to answer is over;
    introductions that nobody answered lapse.
    """
    with writing():
        push.forget_old()
        people.forget_old_sign_ins(now())
        sync.forget_old()
        journal.empty_trash(now())
        jobs.forget_old(now())
        staff.forget_old(now())
        programmes.forget_requests(now())
        profiles.forget_old(now())
        runs.forget_old(now())
        offers.forget_old(now())
        pairings.forget_old(now())
        pairings.settle_endings(now())
        pairings.lapse_introductions(now())
    while _let_go_of_what_two_wrote():
        pass


def _let_go_of_what_two_wrote() -> bool:
    """One bundle of it; whether there was any. When many pairs end on one day, others can write between bundles."""
    with writing():
        return checkins.forget_old(now()) + pairings.forget_old_notes(now()) > 0


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Send what is due and plan what comes, until told to stop."""
    run_until_told(current_app._get_current_object())  # type: ignore[attr-defined]


def run_until_told(app: Flask, kinds: jobs.Kinds = KINDS) -> None:
    """Run a worker that SIGTERM and Ctrl-C end gently."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Worker(app, stop, kinds).run()


def main() -> None:
    """Exit 2 with one sentence where settings must be put right first."""
    from webapp.app import create_app

    try:
        app = create_app(serves=True)
    except BadSettings as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201  the terminal is all there is yet
        sys.exit(2)
    run_until_told(app)


if __name__ == "__main__":
    main()
