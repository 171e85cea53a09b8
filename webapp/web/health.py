"""When each process was last heard, and since when a first word is waited for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.clock import now
from webapp.database import Model, db

WORKER = "worker"
START = "start"
BACKUP = "backup"
BACKUPS_WISHED = "backups_wished"


class Heartbeat(Model):
    """When a process was last heard."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime]


def beat(process: str = WORKER) -> None:
    """Note that a process is alive; inside a write transaction, about every half minute."""
    db.session.merge(Heartbeat(process=process, at=now()))


def note_start() -> None:
    """Note that everything is being started, inside a write transaction.

    One start after another without a word of the worker's is the same start: else a worker that dies at once, again
    and again, would always be about to begin.
    """
    heard = last_heard()
    begun, worker = heard.get(START), heard.get(WORKER)
    if begun is None or (worker is not None and worker >= begun):
        beat(START)


def note_wish_for_backups(wished: bool) -> None:
    """Remember since when backups are expected, inside a write transaction; forget it when they are not any more."""
    row = db.session.get(Heartbeat, BACKUPS_WISHED)
    if wished and row is None:
        beat(BACKUPS_WISHED)
    elif row is not None and not wished:
        db.session.delete(row)


def last_heard() -> dict[str, datetime]:
    """When each process was last heard, by its name."""
    return {row.process: row.at for row in db.session.scalars(select(Heartbeat))}
