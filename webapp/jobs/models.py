"""A job, from when it was asked for to what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7

WAITING, DONE, CANCELLED, FAILED = "waiting", "done", "cancelled", "failed"
UNFINISHED = text("finished_at IS NULL")


class Job(Model):
    """One piece of work. `about` is what it is for: of one kind there is one unfinished job about one thing.

    `doing` is the key of a sentence (see words.py); `done` of `total` is how far it is, where that is known. `outcome`
    is "done", "cancelled" or "failed", the last with a `reason`; `result` is ids and counts, never anybody's words.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "due_at", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
        Index("uq_job_open", "kind", "about", unique=True, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(80))
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    doing: Mapped[str] = mapped_column(String(40), default=WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_by: Mapped[str | None] = mapped_column(String(80))
    locked_until: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None

    @property
    def is_stopping(self) -> bool:
        """Somebody asked to stop it, and the worker has not yet."""
        return self.cancel_asked_at is not None and not self.is_over

    def finish(self, outcome: str, at: datetime, reason: str | None = None) -> None:
        """It is over; nobody holds it any more."""
        self.finished_at, self.outcome, self.reason = at, outcome, reason
        self.locked_by = self.locked_until = None
