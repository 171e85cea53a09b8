"""Who is open to being introduced, and an introduction from the mentor's line to what it led to."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.pairings.introductions.rules import ASK_AFTER, lapses_at
from webapp.pairings.models import Pairing
from webapp.people import Person
from webapp.sealing import open_text, seal_text

ABOUT, WHY, LINE = "open_to_introduction.about", "introduction.why", "introduction.led_line"


class OpenToIntroduction(Model):
    """Somebody is open to being introduced, about what and for how many minutes. Without a row they are not."""

    __tablename__ = "open_to_introduction"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    about_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    minutes: Mapped[int]
    since: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @property
    def about(self) -> str:
        return open_text(self.about_sealed, ABOUT, self.person_id)

    def say(self, about: str, minutes: int) -> None:
        self.about_sealed, self.minutes = seal_text(about, ABOUT, self.person_id), minutes


class Introduction(Model):
    """The mentor of a pair would like to introduce the mentee to `person`, who are both asked alone.

    With two yeses it has `introduced_at`. It has `closed_at` when it did not work out, whatever the reason: then
    nobody's answer is kept.
    """

    __tablename__ = "introduction"
    __table_args__ = (
        Index(
            "uq_introduction_standing",
            "pairing_id",
            "person_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_at: Mapped[datetime]
    why_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    minutes: Mapped[int]
    mentee_agreed_at: Mapped[datetime | None]
    person_agreed_at: Mapped[datetime | None]
    introduced_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    led_to: Mapped[str | None] = mapped_column(String(60))
    led_line_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    led_answered_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @property
    def mentee(self) -> Person:
        return self.pairing.mentee

    @property
    def mentor(self) -> Person:
        return self.pairing.mentor

    @property
    def why(self) -> str:
        return open_text(self.why_sealed, WHY, self.id)

    @property
    def led_line(self) -> str:
        return open_text(self.led_line_sealed, LINE, self.id) if self.led_line_sealed else ""

    @property
    def led_codes(self) -> list[str]:
        return (self.led_to or "").split()

    @property
    def last_day(self) -> datetime:
        """The last moment at which it can be answered."""
        return lapses_at(self.proposed_at) - timedelta(seconds=1)

    def write(self, why: str) -> None:
        self.why_sealed = seal_text(why, WHY, self.id)

    def asks(self, person: Person) -> bool:
        """Whether this is one of the two who are asked."""
        return person.id in (self.person_id, self.pairing.mentee_id)

    def is_open(self, at: datetime) -> bool:
        """Whether it may still work out: nobody said no, the time is not over, and the pair has not ended."""
        is_standing = self.closed_at is None and self.introduced_at is None and self.pairing.ended_at is None
        return is_standing and at < lapses_at(self.proposed_at)

    def agreed_at(self, person: Person) -> datetime | None:
        """When this one of the two said yes."""
        return self.mentee_agreed_at if person.id == self.pairing.mentee_id else self.person_agreed_at

    def agree(self, person: Person, at: datetime) -> None:
        if person.id == self.pairing.mentee_id:
            self.mentee_agreed_at = self.mentee_agreed_at or at
        else:
            self.person_agreed_at = self.person_agreed_at or at

    def close(self, at: datetime) -> None:
        """It did not work out: who had said what is forgotten."""
        self.closed_at = at
        self.mentee_agreed_at = self.person_agreed_at = None

    def asks_what_it_led_to(self, at: datetime) -> bool:
        """Whether the mentee is asked now: a month after it, once, while the pair is in its programme."""
        if self.introduced_at is None or self.led_answered_at is not None:
            return False
        return at >= self.introduced_at + ASK_AFTER and self.pairing.is_active() and not self.pairing.is_friends

    def say_what_it_led_to(self, codes: list[str], line: str, at: datetime) -> None:
        self.led_to, self.led_answered_at = " ".join(codes) or None, at
        self.led_line_sealed = seal_text(line, LINE, self.id) if line else None
