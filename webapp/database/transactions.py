"""Beginning and ending: every write goes through `writing()`, everything else is read-only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, cast
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from webapp.database.engine import WRITE, db
from webapp.database.inserting import insert_rows
from webapp.database.model import Model
from webapp.database.queue import WriteQueue
from webapp.database.session import ABSENT, AHEAD, LATER, WRITING, key_name

Last = Callable[[], object]


@contextmanager
def writing(wait: float = 5.0, *, is_long: bool = False) -> Iterator[None]:
    """One write transaction: what is done inside is committed once, at the end, or not at all.

    Rows loaded before are read anew inside, so that nothing is decided on a stale copy. Raises `Busy` when no turn
    came within `wait` seconds. `is_long` says that much will be written: a few with little go first.
    """
    session = db.session()
    if session.info.get(WRITING):
        raise RuntimeError("A view commits once: do not open writing() beneath writing().")
    session.rollback()
    session.expire_all()
    queue: WriteQueue | None = current_app.extensions["write_queue"]
    with queue.turn(wait, is_long) if queue else nullcontext():
        session.connection(execution_options={WRITE: True})
        session.info[WRITING] = True
        try:
            yield
            for last in current_app.extensions["before_commit"]:
                last()
            write_later_rows()
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.clear()


def short_one_waits() -> bool:
    """Whether to end a long write transaction early and go on in another: a form or a single op waits for it."""
    queue: WriteQueue | None = current_app.extensions["write_queue"]
    return queue is not None and queue.short_one_waits()


def before_commit(last: Last) -> None:
    """Have `last` called at the end of every write transaction, just before its commit (the feed numbers its rows)."""
    current_app.extensions["before_commit"].append(last)


def insert_later(model: type[Model], *, once: str = "", **values: Any) -> None:
    """Insert a row together with others of its table at the end of the write transaction.

    For rows that nothing else in the transaction asks for, such as the audit's: a hundred cost what one costs in the
    unit of work. `once` names the unique column by which a row that is there already stays as it is.
    """
    session = db.session()
    if not session.info.get(WRITING):
        raise RuntimeError("Write inside writing(): what is added outside is lost.")
    session.info.setdefault(LATER, []).append((model, once, values))


def write_later_rows() -> None:
    """Insert what waits, one statement a table; also at the end of a savepoint, so that it goes with it."""
    session = db.session()
    by_table: dict[tuple[type[Model], str], list[dict[str, Any]]] = {}
    for model, once, values in session.info.pop(LATER, ()):
        by_table.setdefault((model, once), []).append(values)
    for (model, once), rows in by_table.items():
        insert_rows(session.connection(), model, rows, found_by=(once,) if once else ())


def look_ahead(models: Iterable[type[Model]], keys: Collection[UUID]) -> None:
    """Load every row with one of these keys, one query a model, and remember which are absent until the commit."""
    session = db.session()
    absent: set[tuple[type[Model], UUID]] = session.info.setdefault(ABSENT, set())
    for model in models:
        column = getattr(model, str(key_name(cast(Hashable, model))))
        there = set(session.scalars(select(column).where(column.in_(list(keys)))))
        if there:
            keep_loaded(session.scalars(select(model).where(column.in_(there))).all())
        absent.update((model, key) for key in keys if key not in there)


def keep_loaded(rows: Iterable[Model]) -> None:
    """Hold rows until the commit: the session alone forgets what nobody holds, and would ask for each once more."""
    db.session().info.setdefault(AHEAD, []).extend(rows)


def forget_ahead() -> None:
    """Ask the database again from now on."""
    db.session().info.pop(ABSENT, None)
