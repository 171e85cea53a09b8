"""Asking to take part: a programme's open door, and who asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, Named, uuid7
from webapp.people import Unit
from webapp.programmes.models.programme import Programme


class Door(Model):
    """Where people may ask to take part: with the code of its poster, or with an e-mail of one of these domains."""

    __tablename__ = "programme_door"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    domains: Mapped[list[str]] = mapped_column(JSON)
    opened_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.programme.state != "ended"


class JoinRequest(Named, Model):
    """Somebody who asked to take part. A coordinator decides; nobody is added before.

    `unit` is whose poster they came from: it proves nothing.
    """

    __tablename__ = "join_request"
    __table_args__ = (
        Index("uq_join_request_email", "programme_id", "email", unique=True),
        Index("uq_join_request_staff_number", "programme_id", "staff_number", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    staff_number: Mapped[str | None] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(6))
    lang: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime | None]
    answer_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id", ondelete="SET NULL"))

    unit: Mapped[Unit | None] = relationship(lazy="joined")

    @property
    def identifier(self) -> str:
        """What they are known by."""
        return self.email or self.staff_number or ""
