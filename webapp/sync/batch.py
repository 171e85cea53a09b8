"""Ops settled in one transaction: quickly together, or one by one when one of them fails.

Together, all ops share one savepoint and one flush. If anything goes wrong the savepoint is undone, with what was
noted for the feed, and each op is settled in its own: one bad op never blocks the rest.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from webapp import ledger
from webapp.database import db, forget_ahead, write_later_rows
from webapp.ledger import Conflict, Gone, Refused, Remembered
from webapp.people import Person
from webapp.sync import held
from webapp.sync.ahead import load_ahead
from webapp.sync.ops import Opened, Unopened
from webapp.sync.times import parent_is_lost
from webapp.sync.wire import Result

AT_LEAST = 10  # ops before it gives way, so that whoever else writes cannot make fifty transactions of fifty ops


class Batch:
    """The ops of one delivery and what the ledger knew of them."""

    def __init__(
        self,
        author: Person,
        ops: Sequence[Opened | Unopened],
        received_at: datetime,
        gives_way: Callable[[], bool] = lambda: False,
    ) -> None:
        self._author = author
        self._ops = ops
        self._turns = sorted(range(len(ops)), key=lambda at: ops[at].seq)
        self._received_at = received_at
        self._gives_way = gives_way
        self._known: dict[UUID, Remembered] = {}
        self._unwritten: set[UUID] = set()

    def settle(self) -> list[Result]:
        """What became of each op, in the order they were given. Inside a write transaction.

        Once it `gives_way` the rest is left as if it had not come: the last ones by the phone's numbers.
        """
        try:
            with _undone_together(), db.session.no_autoflush:
                load_ahead(self._ops)
                return self._in_turn(self._settle)
        except OperationalError:
            raise
        except Refused:
            pass  # the usual reason to go one by one
        except Exception:
            current_app.logger.exception("A batch failed as a whole; its ops are settled one by one.")
        forget_ahead()
        return self._in_turn(self._settle_alone)

    def _in_turn(self, settle: Callable[[Opened | Unopened], Result]) -> list[Result]:
        """As the phone wrote them, whatever order they came in."""
        self._look_up()
        results: dict[int, Result] = {}
        for at in self._turns:
            if len(results) >= AT_LEAST and self._gives_way():
                break
            results[at] = settle(self._ops[at])
        return [results[at] for at in sorted(results)]

    def _settle_alone(self, op: Opened | Unopened) -> Result:
        known = dict(self._known)
        try:
            with _undone_together():
                return self._settle(op)
        except Refused as refused:
            reason = refused.reason
        except OperationalError:
            raise
        except (DataError, IntegrityError):
            if self._came_meanwhile(op):
                return self._settle(op)
            reason = "invalid"
        except Exception:
            current_app.logger.exception("An op failed; its phone keeps it.")
            reason = ""
        self._known = known
        if not reason or isinstance(op, Unopened):
            return _result(op, "retry")
        with _undone_together():
            return self._refuse(op, reason)

    def _came_meanwhile(self, op: Opened | Unopened) -> bool:
        """Whether another delivery of the same op was committed while this one was under way."""
        found = ledger.look_up(self._author.id, [op.op_id])
        self._known.update(found)
        return isinstance(op, Opened) and bool(found)

    def _look_up(self) -> None:
        named = {op.op_id for op in self._ops}
        named.update(op.parent for op in self._ops if isinstance(op, Opened) and op.parent)
        self._known = ledger.look_up(self._author.id, named)
        self._unwritten.clear()

    def _settle(self, op: Opened | Unopened) -> Result:
        if isinstance(op, Unopened):
            return self._turn_away(op)
        known = self._known.get(op.op_id)
        if known is not None:
            return self._replay(op, known)
        if op.op is None or op.fields is None or op.wrong:
            return self._refuse(op, op.wrong or "invalid")
        if self._must_wait(op):
            return _result(op, "retry")
        self._write_what_it_may_need(op)
        return self._do(op)

    def _do(self, op: Opened) -> Result:
        assert op.op is not None  # noqa: S101  _settle has sorted the others out
        try:
            op.op.act(self._author, op.written, op.fields)
        except Conflict:
            held.hold(self._author, op, "conflict")
            return self._remember(op, "conflict")
        except Gone:
            return self._remember(op, "deleted")
        return self._remember(op, "applied")

    def _refuse(self, op: Opened, reason: str) -> Result:
        held.hold(self._author, op, reason)
        return self._remember(op, "rejected", reason)

    def _replay(self, op: Opened, known: Remembered) -> Result:
        if not ledger.says_the_same(known, op.content):
            if not held.is_held(self._author, op):
                held.hold(self._author, op, "op_reuse")
                db.session.flush()
            return _result(op, "op_reuse")
        return _result(op, "duplicate" if known.status == "applied" else known.status, known.reason)

    def _turn_away(self, op: Unopened) -> Result:
        if op.reason != "foreign_owner":
            held.quarantine(self._author, op.envelope, op.reason, self._received_at)
        return _result(op, "rejected", op.reason)

    def _must_wait(self, op: Opened) -> bool:
        if op.parent is None or op.parent in self._known or not (op.op and op.op.waits):
            return False
        return not parent_is_lost(op.at, self._received_at)

    def _write_what_it_may_need(self, op: Opened) -> None:
        """Flush first when an op changes something: what it asks the database must know the ops before it."""
        if self._unwritten and (op.parent is not None or op.entity in self._unwritten):
            db.session.flush()
            self._unwritten.clear()
        self._unwritten.add(op.entity)

    def _remember(self, op: Opened, status: str, reason: str | None = None) -> Result:
        self._known[op.op_id] = ledger.remember(
            self._author.id, op.op_id, op.kind, op.action, op.entity, status, op.content, reason
        )
        return _result(op, status, reason)


@contextmanager
def _undone_together() -> Iterator[None]:
    """A savepoint that also undoes what the session remembers beside its rows, such as the feed's touches."""
    info = db.session.info
    before = {name: copy.copy(value) for name, value in info.items()}
    try:
        with db.session.begin_nested():
            yield
            write_later_rows()
    except BaseException:
        info.clear()
        info.update(before)
        raise


def _result(op: Opened | Unopened, status: str, reason: str | None = None) -> Result:
    if isinstance(op, Unopened):
        return Result(op_id=str(op.op_id), status="rejected", reason=reason)
    return Result(
        op_id=str(op.op_id),
        status=status,
        entity=op.entity,
        head=op.op_id if status in ("applied", "duplicate") else None,
        reason=reason,
        errors=op.errors,
    )
