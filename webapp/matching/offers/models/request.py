"""A mentee asks a mentor herself, in a programme whose directory is open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people import Person
from webapp.programmes import Programme
from webapp.sealing import open_text, seal_text

WORDS = "mentor_request.words"


class OpenDirectory(Model):
    """A programme in which mentees may look for a mentor themselves, since `opened_at`.

    A coordinator confirms each pair, unless `unconfirmed_since` says that a mentor's yes is enough.
    """

    __tablename__ = "open_directory"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    unconfirmed_since: Mapped[datetime | None]


class MentorRequest(Model):
    """A mentee's one line to a mentor. It is open until it is closed; `closed_how` is one of `rules.REQUEST_ENDS`.

    A mentor's yes holds a place until a coordinator decides.
    """

    __tablename__ = "mentor_request"
    __table_args__ = (
        Index(
            "uq_mentor_request_open",
            "programme_id",
            "mentee_id",
            "mentor_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_how: Mapped[str | None] = mapped_column(String(12))
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    pairing_id: Mapped[UUID | None] = mapped_column(ForeignKey("pairing.id", ondelete="SET NULL"))

    programme: Mapped[Programme] = relationship(lazy="joined", innerjoin=True)
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id], lazy="joined", innerjoin=True)
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id], lazy="joined", innerjoin=True)

    @property
    def waits_for_mentor(self) -> bool:
        return self.closed_at is None and self.accepted_at is None

    @property
    def waits_for_coordinator(self) -> bool:
        return self.closed_at is None and self.accepted_at is not None

    def includes(self, person: Person) -> bool:
        return person.id in (self.mentor_id, self.mentee_id)

    def write(self, words: str) -> None:
        """Keep the line. The id must be set."""
        self.words_sealed = seal_text(words, WORDS, self.id)

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, WORDS, self.id)
