"""The second half of sending, its rows: claimed under a lease, finished only by who holds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from webapp.clock import now
from webapp.database import db, writing
from webapp.push.models import Delivery

LEASE = timedelta(minutes=2)  # longer than a sending that hangs at every step


def claim_due(worker: str, limit: int) -> list[UUID]:
    """Take up to `limit` deliveries for one worker, in one statement of its own transaction.

    What a worker took and never finished is free again when its lease is over.
    """
    at = now()
    free = (
        Delivery.finished_at.is_(None),
        Delivery.due_at <= at,
        or_(Delivery.locked_until.is_(None), Delivery.locked_until <= at),
    )
    due = select(Delivery.id).where(*free).order_by(Delivery.due_at, Delivery.id).limit(limit)
    nothing_due = db.session.scalar(due.limit(1)) is None
    db.session.rollback()
    if nothing_due:
        return []
    claim = (
        update(Delivery)
        .where(Delivery.id.in_(due.with_for_update(skip_locked=True)))
        .values(locked_by=worker, locked_until=at + LEASE, attempts=Delivery.attempts + 1)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    with writing():
        return list(db.session.scalars(claim))


def finish(delivery_ids: Sequence[UUID], worker: str, outcome: str, at: datetime) -> set[UUID]:
    """Write down how deliveries ended, inside a write transaction; returns those whose lease was still held."""
    return _as_holder(delivery_ids, worker, finished_at=at, outcome=outcome)


def put_back(delivery_id: UUID, worker: str, due_at: datetime) -> bool:
    """Have a delivery tried again later, inside a write transaction. False when the lease was lost meanwhile."""
    return bool(_as_holder([delivery_id], worker, due_at=due_at))


def give_up_claims(delivery_ids: Sequence[UUID], worker: str) -> None:
    """Free what was claimed and not begun, in a transaction of its own: a worker that stops holds up nothing."""
    if delivery_ids:
        with writing():
            _as_holder(delivery_ids, worker, attempts=Delivery.attempts - 1)


def _as_holder(delivery_ids: Sequence[UUID], worker: str, **values: object) -> set[UUID]:
    statement = (
        update(Delivery)
        .where(Delivery.id.in_(delivery_ids), Delivery.locked_by == worker, Delivery.finished_at.is_(None))
        .values(locked_by=None, locked_until=None, **values)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return set(db.session.scalars(statement))
