"""What the two of a pair agree on, as the programme words it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7


class AgreementText(Model):
    """One version of the agreement in one language. A version is never changed, because people sign it."""

    __tablename__ = "agreement_text"
    __table_args__ = (UniqueConstraint("programme_id", "version", "lang"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    version: Mapped[int]
    lang: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text())
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
