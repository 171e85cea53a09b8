"""What of the launch plan is done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model


class LaunchStepDone(Model):
    """Somebody ticked a step of the plan (`launch.STEPS`)."""

    __tablename__ = "launch_step_done"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(20), primary_key=True)
    done_at: Mapped[datetime]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
