"""A mentor and a mentee in a programme, their talks and their notes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, case, false, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.pairings.rules import KEPT_AFTER_THE_END, is_talk
from webapp.people import Person
from webapp.programmes import Programme, interval_days
from webapp.sealing import open_text, seal_text


class Pairing(Model):
    """A mentor for a mentee. It is active once both have joined, until it ends, but while it is held.

    After the end the two may stay in touch (`friends_since`). `paused_until` is the first day after the last pause.
    """

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
    last_checked_in_at: Mapped[datetime | None]
    talk_wanted_since: Mapped[datetime | None]
    talk_wanted_checkin: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_for_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    paused_since: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    asked_to_stay_at: Mapped[datetime | None]
    friends_since: Mapped[datetime | None]
    friends_until: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(lazy="joined", innerjoin=True)
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id], lazy="joined", innerjoin=True)
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id], lazy="joined", innerjoin=True)
    in_line: Mapped[InLine | None] = relationship(lazy="joined", cascade="all, delete-orphan", single_parent=True)

    @property
    def started_at(self) -> datetime | None:
        """When it became active: the later of the match and both people's joining; None before that."""
        joined = (self.mentor.joined_at, self.mentee.joined_at)
        if joined[0] is None or joined[1] is None:
            return None
        return max(self.made_at, joined[0], joined[1])

    def is_active(self) -> bool:
        both = self.mentor.has_joined() and self.mentee.has_joined()
        return both and self.over_since is None and not self.is_held

    @property
    def is_friends(self) -> bool:
        """Whether the two stay in touch after the end: for the programme, and for every figure, the pair has ended."""
        return self.friends_since is not None and self.friends_until is None

    @property
    def over_since(self) -> datetime | None:
        """Since when nothing new is shared: the end of the pair, or of staying in touch after it."""
        return self.ended_at if self.friends_since is None else self.friends_until

    @property
    def kept_until(self) -> datetime | None:
        """When what the two wrote is let go of; None while new things are shared."""
        return self.over_since + KEPT_AFTER_THE_END if self.over_since is not None else None

    @classmethod
    def is_over(cls) -> ColumnElement[bool]:
        """The same as a condition of a query."""
        return cls._end().is_not(None)

    @classmethod
    def is_over_since(cls, moment: datetime | InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
        """Whether it was over at that moment, or at that of each row, as a condition of a query."""
        return cls._end() <= moment

    @classmethod
    def _end(cls) -> ColumnElement[datetime | None]:
        return case((cls.friends_since.is_(None), cls.ended_at), else_=cls.friends_until)

    def is_paused(self, at: datetime) -> bool:
        """Whether the two have a pause at `at`, by the mentee's calendar."""
        if self.paused_since is None or self.paused_until is None:
            return False
        return at.astimezone(ZoneInfo(self.mentee.zone)).date() < self.paused_until

    @property
    def is_held(self) -> bool:
        """Whether nothing is shared since one came above the other at work, until both want to go on."""
        return self.in_line is not None and self.in_line.settled_at is None

    def partner_of(self, person: Person) -> Person:
        """The other one of the two."""
        return self.mentee if person.id == self.mentor_id else self.mentor

    def role_of(self, person: Person) -> str:
        """Either "mentor" or "mentee"."""
        return "mentor" if person.id == self.mentor_id else "mentee"

    def includes(self, person: Person) -> bool:
        return person.id in (self.mentor_id, self.mentee_id)

    def interval_on(self, at: datetime) -> int:
        """Days between two check-ins at this point of the pairing."""
        start = self.started_at or self.made_at
        return interval_days(self.programme.rhythm, max(0, (at - start).days), self.faster_days)

    def ask_to_talk(self, at: datetime, checkin_id: UUID) -> None:
        """The mentee would like to talk, as said in a check-in. A wish that is open already keeps its time."""
        if self.talk_wanted_since is None:
            self.talk_wanted_since = at
        self.talk_wanted_checkin = checkin_id

    def drop_talk_request(self, checkin_id: UUID) -> bool:
        """The mentee took the wish of this check-in back; whether it was the open one."""
        if self.talk_wanted_checkin != checkin_id:
            return False
        self.talk_wanted_since = self.talk_wanted_checkin = None
        return True

    def answer_talk_request(self, at: datetime) -> bool:
        """The mentor wrote, or the two talked, at `at`; whether that answered an open wish. Older words do not."""
        if self.talk_wanted_since is None or at < self.talk_wanted_since:
            return False
        self.talk_wanted_since = self.talk_wanted_checkin = None
        return True


class InLine(Model):
    """Since when one of a pair is above the other at work, and what each of them wants; then it is settled.

    Each goes on, or stays in touch outside the programme: one moment of the two at most.
    """

    __tablename__ = "pairing_in_line"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]
    mentee_goes_on_at: Mapped[datetime | None]
    mentor_goes_on_at: Mapped[datetime | None]
    mentee_stays_at: Mapped[datetime | None]
    mentor_stays_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


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

    @property
    def by_coordinator(self) -> bool:
        """Whether a coordinator entered it for the two, rather than one of them."""
        return self.recorded_by_id not in (self.pairing.mentor_id, self.pairing.mentee_id)

    def counts_as_talk(self) -> bool:
        return self.taken_back_at is None and is_talk(self.means, self.minutes)


class TakenBack(Model):
    """A note or talk that was taken back before it came: when it comes, it stays gone."""

    __tablename__ = "taken_back"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    taken_back_at: Mapped[datetime]


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

    def is_for(self, reader: Person) -> bool:
        """Whether the reader is the partner it was written to."""
        return self.author_id != reader.id and self.pairing.includes(reader)

    def write(self, words: str) -> None:
        self.words_sealed = seal_text(words, "note.words", self.id)

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, "note.words", self.id)
