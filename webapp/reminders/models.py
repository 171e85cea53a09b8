"""When each rule looks round next, and when each person was last asked something."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7


class ReminderRule(Model):
    """One kind of reminder in one zone: its wall time there, and the moment (UTC) at which that comes next."""

    __tablename__ = "reminder_rule"
    __table_args__ = (UniqueConstraint("kind", "zone"), Index("ix_reminder_rule_next_due_at", "next_due_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(40))
    wall_time: Mapped[time]
    next_due_at: Mapped[datetime]


class LastAsk(Model):
    """The day on which a person was last asked something beside the check-in."""

    __tablename__ = "reminder_last_ask"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    asked_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
