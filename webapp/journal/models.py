"""A journal entry, its way into the trash and out again, and to whom it is shown."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.journal.rules import followed_by
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.sealing import open_text, seal_text

PLACE = "entry.body"


class Entry(Model):
    """One entry. Without a body it is a tombstone: deleted before its text came, or deleted for ever."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_author_written", "author_id", "written_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    prompt: Mapped[str | None] = mapped_column(String(10))
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    since: Mapped[list[str]] = mapped_column(JSON)  # the ops from the one that set the text; the last is the head
    shown_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    shown_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
    recovered_from: Mapped[UUID | None]

    author: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    shown_in: Mapped[Pairing | None] = relationship(lazy="select")

    @property
    def head(self) -> UUID:
        return UUID(self.since[-1])

    @property
    def body(self) -> dict[str, Any] | None:
        """The envelope, as {"scheme": "plain", "text": …}; None for a tombstone."""
        if self.body_sealed is None:
            return None
        opened: dict[str, Any] = json.loads(open_text(self.body_sealed, PLACE, self.id))
        return opened

    @property
    def text(self) -> str:
        return str((self.body or {}).get("text", ""))

    def is_kept(self) -> bool:
        """Whether it stands in the journal: neither in the trash nor deleted for ever."""
        return self.trashed_at is None and self.erased_at is None

    def says(self, prompt: str | None, body: dict[str, Any]) -> bool:
        return self.prompt == prompt and self.body == body

    def write(self, prompt: str | None, body: dict[str, Any], op: UUID) -> None:
        """Take this text; whoever does not know `op` has not seen it."""
        self.prompt = prompt
        self.body_sealed = seal_text(json.dumps(body, ensure_ascii=False), PLACE, self.id)
        self.since = [str(op)]

    def follow(self, op: UUID) -> None:
        """Note an op that leaves the text as it is."""
        self.since = followed_by(op, self.since)

    def show_in(self, pairing: Pairing | None, at: datetime) -> None:
        """Let the pair's mentor read it, or nobody."""
        self.shown_in_id = pairing.id if pairing else None
        self.shown_at = at if pairing else None

    def erase(self, at: datetime) -> None:
        """Delete for ever: the words go, a tombstone stays so that a late phone cannot bring them back."""
        self.body_sealed, self.prompt = None, None
        self.trashed_at, self.erased_at = self.trashed_at or at, at
        self.show_in(None, at)
