"""The alarms that administrators were told, or are being told now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7


class Alarm(Model):
    """One kind of trouble while it lasts; the row goes when it is over.

    Whoever holds the lease posts the letters. `well_since` is when the trouble was last seen to be gone.
    """

    __tablename__ = "alarm"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[UUID] = mapped_column(default=uuid7)
    since: Mapped[datetime]
    well_since: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    times_told: Mapped[int] = mapped_column(default=0)
    locked_by: Mapped[str | None] = mapped_column(String(80))
    locked_until: Mapped[datetime | None]
