"""When a coordinator last nudged a pair."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model


class LastNudge(Model):
    """The newest nudge of a pair; the earlier ones are in the audit."""

    __tablename__ = "pairing_last_nudge"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"), primary_key=True)
    nudged_at: Mapped[datetime]
    nudged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
