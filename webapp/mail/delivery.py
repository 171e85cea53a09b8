"""The worker's part: take the letters that are due under a lease, post them, and write down what came back."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, or_, select, update

from webapp.database import db, uuid7, writing
from webapp.mail.letters import current_post
from webapp.mail.models import OutgoingMail
from webapp.mail.post import Envelope, Unposted

LEASE = timedelta(minutes=5)  # longer than a batch whose every letter times out once
AT_ONCE = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
KEPT = timedelta(days=30)


def deliver_due(now: datetime) -> int:
    """Post what is due at `now`, at most one batch; returns how many letters were tried.

    Call it outside of any transaction. Letters leave between two transactions of their own: a worker that dies in
    between leaves them to the next one, which sends them under the same Message-ID.
    """
    post = current_post()
    if post is None:
        return 0
    worker = uuid7().hex
    claimed = _claim(worker, now)
    if not claimed:
        return 0
    came_back = post.post(_envelopes(claimed))
    with writing():
        for mail_id, trouble in came_back.items():
            _write_down(mail_id, worker, trouble, now)
        db.session.execute(delete(OutgoingMail).where(OutgoingMail.finished_at < now - KEPT))
    return len(claimed)


def waiting_since() -> datetime | None:
    """Since when the oldest letter waits that no mail server has taken yet; None when none waits."""
    return db.session.scalar(select(func.min(OutgoingMail.made_at)).where(OutgoingMail.finished_at.is_(None)))


def how_many_wait() -> int:
    """How many letters no mail server has taken yet."""
    return db.session.scalar(select(func.count()).where(OutgoingMail.finished_at.is_(None))) or 0


def was_posted_since(moment: datetime) -> bool:
    """Whether the mail server took a letter at that moment or later."""
    sent = select(OutgoingMail.id).where(OutgoingMail.finished_at >= moment, OutgoingMail.outcome == "sent")
    return db.session.scalar(sent.limit(1)) is not None


def drop_unposted(now: datetime) -> None:
    """Let go of every letter that waits, inside a write transaction: after a restore it was posted long ago."""
    _drop(OutgoingMail.finished_at.is_(None), now)


def _claim(worker: str, now: datetime) -> list[UUID]:
    due = (
        select(OutgoingMail.id)
        .where(
            OutgoingMail.finished_at.is_(None),
            OutgoingMail.due_at <= now,
            or_(OutgoingMail.locked_until.is_(None), OutgoingMail.locked_until <= now),
        )
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(AT_ONCE)
    )
    nothing_due = db.session.scalar(due.limit(1)) is None
    db.session.rollback()
    if nothing_due:
        return []
    with writing():
        _drop_what_came_too_late(now)
        return list(
            db.session.scalars(
                update(OutgoingMail)
                .where(OutgoingMail.id.in_(due.with_for_update(skip_locked=True)))
                .values(locked_by=worker, locked_until=now + LEASE, attempts=OutgoingMail.attempts + 1)
                .returning(OutgoingMail.id)
                .execution_options(synchronize_session=False)
            )
        )


def _drop_what_came_too_late(now: datetime) -> None:
    _drop((OutgoingMail.finished_at.is_(None)) & (OutgoingMail.expires_at <= now), now)


def _drop(which: ColumnElement[bool], now: datetime) -> None:
    dropped = update(OutgoingMail).where(which)
    db.session.execute(dropped.values(finished_at=now, outcome="expired", address="", text_sealed=b""))


def _envelopes(claimed: list[UUID]) -> list[Envelope]:
    rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.id.in_(claimed))).all()
    letters = [Envelope(row.id, row.address, row.sender_name, row.subject, row.text) for row in rows]
    db.session.rollback()  # nothing stays open while the mail server takes its time
    return letters


def _write_down(mail_id: UUID, worker: str, trouble: Unposted | None, now: datetime) -> None:
    row = db.session.get(OutgoingMail, mail_id)
    if row is None or row.locked_by != worker:
        return
    row.locked_by = row.locked_until = None
    if trouble is None:
        _finish(row, "sent", now)
    elif trouble.for_good:
        current_app.logger.warning("A letter could not be posted: %s", trouble)
        _finish(row, "failed", now)
    else:
        row.due_at = now + _wait_after(row.attempts)


def _finish(row: OutgoingMail, outcome: str, now: datetime) -> None:
    row.finished_at, row.outcome, row.address, row.text_sealed = now, outcome, "", b""


def _wait_after(attempts: int) -> timedelta:
    """Full jitter, doubling, so that many letters do not come back at the same moment."""
    longest = min(FIRST_WAIT * (1 << min(attempts, 10)), LONGEST_WAIT)
    return FIRST_WAIT + longest * random.random()  # noqa: S311  spreads load, guards nothing
