"""One row for each reader and entity, at the newest revision; one counter for each reader."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model


class FeedCounter(Model):
    """The newest revision of one person's feed."""

    __tablename__ = "feed_counter"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger, default=0)


class FeedRow(Model):
    """An entity changed for this reader; `gone` says that the reader may no longer see it."""

    __tablename__ = "feed"
    __table_args__ = (Index("ix_feed_person_rev", "person_id", "rev"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    entity_id: Mapped[UUID] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[bool] = mapped_column(default=False)
