"""What a programme wants to reach, as a figure that can be counted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7


class Objective(Model):
    """A measure, where it stood, where it shall be, and by when. Both are whole per cents.

    `kind` says what it is wanted for (`rules.KINDS`), `measure` what is counted (`rules.MEASURES`).
    """

    __tablename__ = "objective"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    measure: Mapped[str] = mapped_column(String(12))
    baseline: Mapped[int | None]
    target: Mapped[int]
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
