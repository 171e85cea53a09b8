"""What a phone sent and the server could not simply do: kept, because nothing typed is lost."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7
from webapp.sealing import open_text, seal_text

HELD_PLACE = "held_op.said"
DRAFT_PLACE = "draft.fields"
DROPPED_PLACE = "dropped_op.content"


class HeldOp(Model):
    """An op that was opened but refused, or that contradicts another: its author sees it until they decide."""

    __tablename__ = "held_op"
    __table_args__ = (Index("ix_held_op_person_op", "person_id", "op_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    op_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(20))
    entity_id: Mapped[UUID]
    parent: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(String(30))
    said_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    written_at: Mapped[datetime]
    received_at: Mapped[datetime]
    discarded_at: Mapped[datetime | None]

    def keep(self, fields: dict[str, Any]) -> None:
        """Seal the fields under their author."""
        self.said_sealed = seal_text(json.dumps(fields, ensure_ascii=False), HELD_PLACE, self.id)

    @property
    def fields(self) -> dict[str, Any]:
        if self.said_sealed is None:
            return {}
        opened: dict[str, Any] = json.loads(open_text(self.said_sealed, HELD_PLACE, self.id))
        return opened

    def discard(self, at: datetime) -> None:
        """Drop the words; the row stays so that a second sending is known."""
        self.said_sealed, self.discarded_at = None, at


class QuarantinedOp(Model):
    """An envelope that could not be opened, or whose writer could not be proven: kept as it came, shown to nobody."""

    __tablename__ = "quarantined_op"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    op_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(String(30))
    envelope: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]


class Draft(Model):
    """What somebody was typing on a shared device: one for each form. Without fields it was dropped."""

    __tablename__ = "draft"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(80), default="")
    fields_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    head: Mapped[UUID]

    def keep(self, fields: dict[str, Any]) -> None:
        self.fields_sealed = seal_text(json.dumps(fields, ensure_ascii=False), DRAFT_PLACE, self.id)

    @property
    def fields(self) -> dict[str, Any] | None:
        if self.fields_sealed is None:
            return None
        opened: dict[str, Any] = json.loads(open_text(self.fields_sealed, DRAFT_PLACE, self.id))
        return opened


class DroppedEnvelope(Model):
    """An envelope that somebody signed in brought in: not looked into yet, or turned away and shown to nobody."""

    __tablename__ = "dropped_envelope"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    brought_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    envelope: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    clock_changed: Mapped[bool]
    received_at: Mapped[datetime]
    turned_away_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(30))


class DroppedOp(Model):
    """An op whose author is proven, brought in by whoever was there: nothing is done before its author says yes."""

    __tablename__ = "dropped_op"
    __table_args__ = (Index("ix_dropped_op_person_op", "person_id", "op_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    op_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    device_id: Mapped[UUID]
    entity_id: Mapped[UUID]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    day_uncertain: Mapped[bool]
    received_at: Mapped[datetime]
    refused_at: Mapped[datetime | None]

    def keep(self, content: bytes) -> None:
        """Seal all that the op says under its author."""
        self.content_sealed = seal_text(content.decode(), DROPPED_PLACE, self.id)

    @property
    def content(self) -> bytes:
        """The body as its phone wrote it, byte for byte: the ledger compares it."""
        return open_text(self.content_sealed, DROPPED_PLACE, self.id).encode()
