"""Feedback on a pairing as it stands now; what it said before a change is not kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.feedback.fields import FeedbackFields
from webapp.ledger import Written
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.sealing import open_text, seal_text


class Feedback(Model):
    """One person's word on one pairing.

    Only its author reads it, and the coordinator by name from `act_since` on, the author's own wish. The partner never
    does. Everything else waits for group figures. `acted_at` is when the coordinator marked it as done. A row taken
    back stays as a tombstone that says nothing.
    """

    __tablename__ = "feedback"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    pairing_id: Mapped[UUID | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    meeting_enough: Mapped[str | None] = mapped_column(String(10))
    helps: Mapped[int | None]
    safe_to_ask: Mapped[int | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    act_since: Mapped[datetime | None]
    acted_at: Mapped[datetime | None]
    acted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    head: Mapped[UUID]

    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="joined", innerjoin=True)
    pairing: Mapped[Pairing | None] = relationship(lazy="joined")

    @classmethod
    def by(cls, author: Person, written: Written) -> Feedback:
        """An empty one."""
        return cls(id=written.entity, author_id=author.id, author=author, given_at=written.at, head=written.op)

    def say(self, fields: FeedbackFields, at: datetime) -> None:
        """Say this and nothing else from now on."""
        self.meeting_enough, self.helps, self.safe_to_ask = fields.meeting_enough, fields.helps, fields.safe_to_ask
        self.act_since = (self.act_since or at) if fields.act else None
        self.acted_at = self.acted_by_id = None  # what is said now, nobody has acted on yet
        self.write(fields.words)

    def recover(self, fields: FeedbackFields, at: datetime) -> None:
        """Words that came after it was taken back: for their author alone, nobody is to act on them."""
        self.say(fields, at)
        self.act_since = None

    def wipe(self) -> None:
        """Say nothing any more."""
        self.meeting_enough = self.helps = self.safe_to_ask = self.words_sealed = self.act_since = None

    def write(self, words: str) -> None:
        self.words_sealed = seal_text(words, "feedback.words", self.id) if words else None

    def would_lose_words(self, words: str, parent: UUID | None) -> bool:
        """Whether these words would replace others that their writer, whose last known op is `parent`, never saw."""
        return parent != self.head and self.words not in ("", words)

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, "feedback.words", self.id) if self.words_sealed else ""
