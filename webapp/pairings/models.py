"""A mentor and a mentee in a programme, their talks and their notes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people import Person
from webapp.programmes import Programme, interval_days
from webapp.sealing import open_text, seal_text


class Pairing(Model):
    """A mentor for a mentee. It is active once both have joined, until it ends."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index(
            "uq_pairing_one_active_mentor",
            "programme_id",
            "mentee_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(400), default="")
    faster_days: Mapped[int | None]
    ended_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(lazy="joined", innerjoin=True)
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id], lazy="joined", innerjoin=True)
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id], lazy="joined", innerjoin=True)

    @property
    def started_at(self) -> datetime | None:
        """When it became active: the later of the match and both people's joining; None before that."""
        joined = (self.mentor.joined_at, self.mentee.joined_at)
        if joined[0] is None or joined[1] is None:
            return None
        return max(self.made_at, joined[0], joined[1])

    def is_active(self) -> bool:
        return self.ended_at is None and self.mentor.has_joined() and self.mentee.has_joined()

    def partner_of(self, person: Person) -> Person:
        """The other one of the two."""
        return self.mentee if person.id == self.mentor_id else self.mentor

    def role_of(self, person: Person) -> str:
        """"mentor" or "mentee"."""
        return "mentor" if person.id == self.mentor_id else "mentee"

    def interval_on(self, at: datetime) -> int:
        """Days between two check-ins at this point of the pairing."""
        start = self.started_at or self.made_at
        return interval_days(self.programme.rhythm, max(0, (at - start).days), self.faster_days)


class Contact(Model):
    """One contact of a pair, as one side recorded it: the only source of "talked"."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_pairing_on", "pairing_id", "happened_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"))
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    means: Mapped[str] = mapped_column(String(12))
    happened_on: Mapped[date]
    minutes: Mapped[int | None]
    checkin_id: Mapped[UUID | None] = mapped_column(unique=True)
    head: Mapped[UUID]
    taken_back_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(lazy="joined", innerjoin=True)


class Note(Model):
    """One line to the partner: a hello, or the answer to a check-in."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_pairing_written", "pairing_id", "written_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    reply_to: Mapped[UUID | None]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    head: Mapped[UUID]
    read_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(lazy="joined", innerjoin=True)

    def write(self, words: str) -> None:
        self.words_sealed = seal_text(words, "note.words", self.id)

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, "note.words", self.id)


