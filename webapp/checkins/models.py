"""A check-in as it stands now; what it said before a change is not kept."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.checkins.fields import CheckinFields
from webapp.checkins.rules import Shift, When
from webapp.database import Model
from webapp.ledger import Written
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.sealing import open_text, seal_text


class Checkin(Model):
    """Ten seconds of somebody's day. Her mentor may read it once it was sent, and until it is kept or taken back.

    `shift_date` is the day it describes; with `about` "since" it is the day from which on. The shift's start and end
    are the writer's wall clock. A row taken back stays as a tombstone: nobody but its author sees its words again.
    """

    __tablename__ = "checkin"
    __table_args__ = (
        Index("ix_checkin_author_written", "author_id", "written_at"),
        Index("ix_checkin_pairing_sent", "pairing_id", "sent_to_mentor_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    pairing_id: Mapped[UUID | None] = mapped_column(ForeignKey("pairing.id"))
    audience: Mapped[str] = mapped_column(String(6), default="self")
    about: Mapped[str] = mapped_column(String(5), default="shift")
    shift_date: Mapped[date]
    shift_start: Mapped[datetime | None] = mapped_column(DateTime())
    shift_end: Mapped[datetime | None] = mapped_column(DateTime())
    day_uncertain: Mapped[bool] = mapped_column(default=False)
    face: Mapped[int | None]
    contact: Mapped[str | None] = mapped_column(String(10))
    minutes: Mapped[int | None]
    need: Mapped[str | None] = mapped_column(String(8))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    sent_to_mentor_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    head: Mapped[UUID]

    author: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    pairing: Mapped[Pairing | None] = relationship(lazy="joined")

    @classmethod
    def by(cls, author: Person, written: Written, pairing: Pairing | None = None) -> Checkin:
        """An empty one. It knows its author and pairing at once: a batch of ops is flushed only at its end."""
        return cls(
            id=written.entity,
            author_id=author.id,
            author=author,
            pairing=pairing,
            shift_date=written.local_date,
            written_at=written.at,
            head=written.op,
        )

    def say(self, fields: CheckinFields, day: date) -> None:
        """Say this and nothing else from now on."""
        worked = fields.worked
        self.about, self.shift_date = fields.about, day
        self.shift_start, self.shift_end = (worked.start, worked.end) if worked else (None, None)
        self.face, self.contact, self.minutes, self.need = fields.face, fields.contact, fields.minutes, fields.need
        self.write(fields.words)

    def wipe(self) -> None:
        """Say nothing any more."""
        self.face = self.contact = self.minutes = self.need = self.words_sealed = None

    def write(self, words: str) -> None:
        """Seal what was said; nothing said leaves nothing."""
        self.words_sealed = seal_text(words, "checkin.words", self.id) if words else None

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, "checkin.words", self.id) if self.words_sealed else ""

    def would_lose_words(self, words: str, parent: UUID | None) -> bool:
        """Whether these words would replace others that their writer, whose last known op is `parent`, never saw."""
        return parent != self.head and self.words not in ("", words)

    @property
    def shift(self) -> Shift | None:
        if self.shift_start is None or self.shift_end is None:
            return None
        return Shift(self.shift_start, self.shift_end)

    @property
    def when(self) -> When:
        return When(self.about, self.shift_date, self.shift)

    def is_with_mentor(self) -> bool:
        """Whether the mentor may read it now."""
        return self.audience == "mentor" and self.taken_back_at is None and self.pairing is not None

    def may_be_read_by(self, reader: Person) -> bool:
        """Its author while it is not taken back, and the mentor it was sent to."""
        if self.taken_back_at is not None:
            return False
        return self.author_id == reader.id or self.is_for(reader)

    def is_for(self, reader: Person) -> bool:
        """Whether this reader is the mentor it was sent to."""
        return self.is_with_mentor() and self.pairing is not None and self.pairing.mentor_id == reader.id


class CheckinDay(Model):
    """That a mentee checked in on a day of hers: all that is left of a check-in a year after its pair's end."""

    __tablename__ = "checkin_day"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"), primary_key=True)
    written_on: Mapped[date] = mapped_column(primary_key=True)


class HelpedAnswer(Model):
    """The answer to "Did it help?", null once it is unsaid. It stands apart: only group figures may ever use it."""

    __tablename__ = "helped_answer"

    checkin_id: Mapped[UUID] = mapped_column(ForeignKey("checkin.id", ondelete="CASCADE"), primary_key=True)
    answer: Mapped[str | None] = mapped_column(String(8))
    answered_on: Mapped[date]

    checkin: Mapped[Checkin] = relationship()  # so that a flush writes the check-in first
