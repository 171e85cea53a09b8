"""Beginning and ending: every write goes through `writing()`, everything else is read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from flask import current_app

from webapp.database.engine import WRITE, db
from webapp.database.queue import WriteQueue

Last = Callable[[], object]


@contextmanager
def writing(wait: float = 5.0) -> Iterator[None]:
    """One write transaction: what is done inside is committed once, at the end, or not at all.

    Rows loaded before are read anew inside, so that nothing is decided on a stale copy. Raises `Busy` when no turn
    came within `wait` seconds.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("A view commits once: do not open writing() beneath writing().")
    session.rollback()
    session.expire_all()
    queue: WriteQueue | None = current_app.extensions["write_queue"]
    with queue.turn(wait) if queue else nullcontext():
        session.connection(execution_options={WRITE: True})
        session.info.update(writing=True)
        try:
            yield
            for last in current_app.extensions["before_commit"]:
                last()
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.clear()


def before_commit(last: Last) -> None:
    """Have `last` called at the end of every write transaction, just before its commit (the feed numbers its rows)."""
    current_app.extensions["before_commit"].append(last)
