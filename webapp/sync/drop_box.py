"""What anybody signed in may bring in for somebody else: stored unread, looked into later by the worker.

The request learns nothing of what it stores, so neither its answer nor its time can tell
(docs/decisions/0007-sealed-work-of-somebody-who-left.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import OperationalError

from webapp.clock import now
from webapp.database import Busy, db, uuid7, writing
from webapp.people import Person
from webapp.sync import dropped
from webapp.sync.models import DroppedEnvelope
from webapp.sync.opening import Unsealed, unseal
from webapp.sync.wire import Delivery, SealedOp

MOST_UNOPENED = 400
MOST_TURNED_AWAY = 100
MOST_TURNED_AWAY_BYTES = 2 * 1024 * 1024
TURNED_AWAY_FOR = timedelta(days=90)
A_LOOK = 50


def take_in(bringer: Person, delivery: Delivery) -> None:
    """Store every envelope, inside a write transaction. Raises `Busy` while too many of this bringer's lie unopened.

    Always the same statements: whether an envelope was here before is found when it is looked into.
    """
    unopened = db.session.scalar(
        select(func.count()).where(
            DroppedEnvelope.brought_by_id == bringer.id, DroppedEnvelope.turned_away_at.is_(None)
        )
    )
    if (unopened or 0) + len(delivery.ops) > MOST_UNOPENED:
        raise Busy
    at = now()
    rows = [_row(bringer.id, envelope, delivery, at) for envelope in delivery.ops]
    if rows:
        db.session.execute(insert(DroppedEnvelope), rows)


def look_through() -> int:
    """Open a few of what was brought in: kept under its proven author, or turned away. How many. For the worker."""
    waiting = db.session.execute(
        select(DroppedEnvelope.id, DroppedEnvelope.envelope)
        .where(DroppedEnvelope.turned_away_at.is_(None))
        .order_by(DroppedEnvelope.id)
        .limit(A_LOOK)
    ).all()
    db.session.rollback()  # nobody's transaction stays open while envelopes are opened
    if not waiting:
        return 0
    opened = {id_: _opened(envelope) for id_, envelope in waiting}
    with writing():
        mine = db.session.scalars(
            select(DroppedEnvelope)
            .where(DroppedEnvelope.id.in_(opened), DroppedEnvelope.turned_away_at.is_(None))
            .order_by(DroppedEnvelope.id)
            .with_for_update(skip_locked=True)
        ).all()
        bringers = {row.brought_by_id for row in mine}
        for row in mine:
            _settle_alone(row, opened[row.id])
        for bringer in bringers:
            _keep_within_bounds(bringer)
    return len(mine)


def forget_turned_away() -> None:
    """Let go of what could not be proven for 90 days, inside a write transaction."""
    db.session.execute(delete(DroppedEnvelope).where(DroppedEnvelope.turned_away_at < now() - TURNED_AWAY_FOR))


def _row(bringer: UUID, envelope: SealedOp, delivery: Delivery, at: datetime) -> dict[str, object]:
    kept = envelope.model_dump_json()
    digest = hashlib.sha256(kept.encode()).digest()
    return {
        "id": uuid7(),
        "brought_by_id": bringer,
        "digest": digest,
        "envelope": kept,
        "sent_at": delivery.sent_at,
        "clock_changed": delivery.clock_changed,
        "received_at": at,
    }


def _opened(kept: str) -> Unsealed | None:
    try:
        return unseal(SealedOp.model_validate_json(kept))
    except Exception:
        current_app.logger.exception("An envelope that was brought in could not be looked into; it is kept.")
        return None


def _settle_alone(row: DroppedEnvelope, unsealed: Unsealed | None) -> None:
    """One that cannot be settled never holds up the rest: it stays as it came."""
    try:
        with db.session.begin_nested():
            _settle(row, unsealed)
    except OperationalError:
        raise
    except Exception:
        current_app.logger.exception("An envelope that was brought in could not be settled; it is kept.")
        with db.session.begin_nested():
            _turn_away(row, "trouble")


def _settle(row: DroppedEnvelope, unsealed: Unsealed | None) -> None:
    if unsealed is None:
        _turn_away(row, "unreadable")
    elif not unsealed.is_proven():
        _turn_away(row, "forged")
    elif not dropped.keep_for_author(unsealed, row):
        _turn_away(row, "no_author")
    else:
        db.session.delete(row)


def _turn_away(row: DroppedEnvelope, reason: str) -> None:
    """Kept as it came; brought in once more, it is not kept twice."""
    row.turned_away_at, row.reason = now(), reason
    db.session.execute(
        delete(DroppedEnvelope).where(
            DroppedEnvelope.digest == row.digest,
            DroppedEnvelope.id != row.id,
            DroppedEnvelope.turned_away_at.is_not(None),
        )
    )


def _keep_within_bounds(bringer: UUID | None) -> None:
    """Only what nobody could prove, and only this bringer's, makes room: the newest stay."""
    lying = db.session.execute(
        select(DroppedEnvelope.id, func.length(DroppedEnvelope.envelope))
        .where(DroppedEnvelope.brought_by_id == bringer, DroppedEnvelope.turned_away_at.is_not(None))
        .order_by(DroppedEnvelope.turned_away_at.desc(), DroppedEnvelope.id.desc())
    ).all()
    gone = _beyond([(id_, size) for id_, size in lying])
    if gone:
        db.session.execute(delete(DroppedEnvelope).where(DroppedEnvelope.id.in_(gone)))


def _beyond(lying: Sequence[tuple[UUID, int]]) -> list[UUID]:
    total, gone = 0, []
    for number, (id_, size) in enumerate(lying, start=1):
        total += size
        if number > MOST_TURNED_AWAY or total > MOST_TURNED_AWAY_BYTES:
            gone.append(id_)
    return gone
