"""What one of the two asked or answered when a pair changes or ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.pairings.models import Pairing
from webapp.people import Person


class SwapRequest(Model):
    """One of the two asked the coordinator for a change. The other one never learns of it.

    It is open until its author takes it back, the coordinator marks it as done, or the pair ends.
    """

    __tablename__ = "swap_request"
    __table_args__ = (
        Index(
            "uq_swap_request_open",
            "pairing_id",
            "asked_by_id",
            unique=True,
            sqlite_where=text("over_at IS NULL"),
            postgresql_where=text("over_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    over_at: Mapped[datetime | None]
    over_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    pairing: Mapped[Pairing] = relationship(lazy="joined", innerjoin=True)
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id], lazy="joined", innerjoin=True)


class StayAnswer(Model):
    """What one of the two answered to "Stay in touch?". The other one sees it only when both said yes."""

    __tablename__ = "stay_answer"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    stays: Mapped[bool]
    answered_at: Mapped[datetime]
