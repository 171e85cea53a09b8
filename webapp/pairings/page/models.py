"""What the two of a pair keep together: the day they have contact next, how to be reached, notes that both see."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.pairings.models import Pairing
from webapp.sealing import open_text, seal_text

PLACE, REACH, HOURS, WORDS = "next_contact.place", "contact_card.reach", "contact_card.hours", "shared_note.words"


class NextContact(Model):
    """The day on which the two want to talk next, perhaps the hour and the place. Either of them sets it."""

    __tablename__ = "next_contact"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date]
    at: Mapped[time | None]
    place_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    set_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
    head: Mapped[UUID]

    @property
    def place(self) -> str:
        return open_text(self.place_sealed, PLACE, self.pairing_id) if self.place_sealed else ""

    def agree_on(self, on: date, at: time | None, place: str) -> None:
        self.on, self.at = on, at
        self.place_sealed = seal_text(place, PLACE, self.pairing_id) if place else None


class ContactCard(Model):
    """How one of the two wants to be reached, and when. The other one sees it once both have one."""

    __tablename__ = "contact_card"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    reach_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    hours_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    shared_at: Mapped[datetime]

    __table_args__ = (Index("uq_contact_card_of_one", "pairing_id", "person_id", unique=True),)

    @property
    def reach(self) -> str:
        return open_text(self.reach_sealed, REACH, self.id)

    @property
    def hours(self) -> str:
        return open_text(self.hours_sealed, HOURS, self.id) if self.hours_sealed else ""

    def say(self, reach: str, hours: str) -> None:
        self.reach_sealed = seal_text(reach, REACH, self.id)
        self.hours_sealed = seal_text(hours, HOURS, self.id) if hours else None


class SharedNote(Model):
    """Something that the two want to remember; both read it, its author changes it or takes it back."""

    __tablename__ = "shared_note"
    __table_args__ = (Index("ix_shared_note_pairing_written", "pairing_id", "written_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    head: Mapped[UUID]

    pairing: Mapped[Pairing] = relationship(lazy="joined", innerjoin=True)

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, WORDS, self.id)

    def write(self, words: str) -> None:
        self.words_sealed = seal_text(words, WORDS, self.id)
