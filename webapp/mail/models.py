"""The letters that wait for the worker, and what became of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7
from webapp.sealing import open_text, seal_text


class OutgoingMail(Model):
    """One letter. Its text may carry a one-time link, so it is sealed; text and address go once the letter is gone."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_due", "finished_at", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    address: Mapped[str] = mapped_column(String(254))
    sender_name: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_by: Mapped[str | None] = mapped_column(String(80))
    locked_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))

    def write(self, text: str) -> None:
        self.text_sealed = seal_text(text, "outgoing_mail.text", self.id)

    @property
    def text(self) -> str:
        return open_text(self.text_sealed, "outgoing_mail.text", self.id) if self.text_sealed else ""
