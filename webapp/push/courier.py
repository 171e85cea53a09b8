"""A worker's hands: claims deliveries, has threads post them, and acts on the answers as they come."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait

from webapp.clock import now
from webapp.database import db, writing
from webapp.push.answers import Answer
from webapp.push.claims import claim_due, give_up_claims
from webapp.push.errands import Errand, Instead, prepare
from webapp.push.office import SENDING_THREADS, post_office
from webapp.push.outcomes import act_on, settle
from webapp.push.release import release_due

AT_ONCE = 4 * SENDING_THREADS


class Courier:
    """Rows are touched only by the thread that owns the courier; its own threads only post."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._threads = ThreadPoolExecutor(SENDING_THREADS, thread_name_prefix="push")
        self._on_the_way: dict[Future[Answer], Errand] = {}

    @property
    def is_busy(self) -> bool:
        """Is anything on the way?"""
        return bool(self._on_the_way)

    def turn(self, patience: float = 0.0) -> int:
        """Act on the answers that are there after `patience` seconds, sooner when all are; send what is due.

        Returns how much there was to do. Answers are written down together: one by one each would cost a commit.
        A push service that hangs holds up a thread, never the other messages.
        """
        if self._on_the_way:
            wait(self._on_the_way, timeout=patience)
        return self._act_on_answers() + self._set_out()

    def stop(self, patience: float = 4.0) -> None:
        """Free what has not begun and wait a little for the rest; what still hangs is sent anew after its lease."""
        unbegun = [future for future in self._on_the_way if future.cancel()]
        give_up_claims([self._on_the_way.pop(future).delivery_id for future in unbegun], self._worker)
        wait(self._on_the_way, timeout=patience)
        self._act_on_answers()
        self._threads.shutdown(wait=False)

    def _act_on_answers(self) -> int:
        done = [future for future in self._on_the_way if future.done()]
        if done:
            answers = {self._on_the_way.pop(future).delivery_id: future.result() for future in done}
            with writing():
                act_on(answers, self._worker, now())
        return len(done)

    def _set_out(self) -> int:
        office = post_office()
        if office.why_off:
            return 0
        claimed = claim_due(self._worker, AT_ONCE - len(self._on_the_way))
        if not claimed:
            return 0
        prepared = prepare(claimed, office, now())
        instead = {each.delivery_id: each.how for each in prepared if isinstance(each, Instead)}
        if instead:
            with writing():
                settle(instead, self._worker, now())
        for errand in prepared:
            if isinstance(errand, Errand):
                self._on_the_way[self._threads.submit(errand.run, office)] = errand
        db.session.rollback()
        return len(claimed)


def deliver_now(worker: str = "deliver-now") -> int:
    """Send all that is due and wait for the answers; returns how many there were. For tests and commands."""
    courier, done = Courier(worker), 0
    try:
        while release_due():
            pass
        while (did := courier.turn(patience=0.1)) or courier.is_busy:
            done += did
    finally:
        courier.stop()
    return done
