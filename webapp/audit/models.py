"""The audit's rows, and the one way to add one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.clock import now
from webapp.database import Model, insert_later, uuid7

Fact = str | int | bool | None


class AuditRow(Model):
    """One event. Ids are plain values, not foreign keys: the row outlives what it speaks of."""

    __tablename__ = "audit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID | None]
    event: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Fact]] = mapped_column(JSON)


def record(
    actor_id: UUID | None, event: str, subject_kind: str = "", subject_id: UUID | None = None, **facts: Fact
) -> None:
    """Add an event to the transaction under way. `event` is "room.verb", such as "checkins.recorded"."""
    insert_later(
        AuditRow,
        id=uuid7(),
        at=now(),
        actor_id=actor_id,
        event=event,
        subject_kind=subject_kind,
        subject_id=subject_id,
        facts=facts,
    )
