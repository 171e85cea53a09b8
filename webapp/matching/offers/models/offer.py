"""An offer, and what each of its two people answered."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.matching.closeup import Explanation
from webapp.matching.keeping import explanation_as_data, explanation_from_data
from webapp.people import Person
from webapp.programmes import Programme
from webapp.sealing import open_text, seal_text

REASONS, WHY, BECAUSE = "offer.reasons", "offer.why", "offer_answer.because"


class Offer(Model):
    """A mentor for a mentee, as long as both are asked. At most one is open for a mentee in a programme.

    `asked_at` and `expires_at` are set once both have joined: nobody's days run while somebody cannot answer. An offer
    is open until it is closed; `closed_how` is one of `rules.ENDS`. `run_id` names the run it came from; it is no
    foreign key, since an offer outlives its run.
    """

    __tablename__ = "offer"
    __table_args__ = (
        Index(
            "uq_offer_open",
            "programme_id",
            "mentee_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    run_id: Mapped[UUID | None]
    why_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_how: Mapped[str | None] = mapped_column(String(12))
    pairing_id: Mapped[UUID | None] = mapped_column(ForeignKey("pairing.id", ondelete="SET NULL"), index=True)

    programme: Mapped[Programme] = relationship(lazy="joined", innerjoin=True)
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id], lazy="joined", innerjoin=True)
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id], lazy="joined", innerjoin=True)
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    answers: Mapped[list[OfferAnswer]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def can_be_answered(self) -> bool:
        return self.is_open and self.asked_at is not None

    def answer_of(self, person_id: UUID) -> OfferAnswer | None:
        """What one of the two said, if anything."""
        return next((each for each in self.answers if each.person_id == person_id), None)

    def both_accepted(self) -> bool:
        return {each.person_id for each in self.answers if each.accepted_at} == {self.mentor_id, self.mentee_id}

    def declined(self) -> list[OfferAnswer]:
        """The answers that said no, the first one first."""
        return sorted((each for each in self.answers if each.declined_at), key=lambda each: (each.said_at, each.id))

    def partner_of(self, person: Person) -> Person:
        """The other one of the two."""
        return self.mentee if person.id == self.mentor_id else self.mentor

    def role_of(self, person_id: UUID) -> str:
        """Either "mentor" or "mentee"."""
        return "mentor" if person_id == self.mentor_id else "mentee"

    def includes(self, person: Person) -> bool:
        return person.id in (self.mentor_id, self.mentee_id)

    def give_reasons(self, why: str, explanation: Explanation | None) -> None:
        """Keep one line of whoever offered, what matching said, or both. The id must be set."""
        self.why_sealed = seal_text(why, WHY, self.id) if why else None
        said = json.dumps(explanation_as_data(explanation)) if explanation else None
        self.reasons_sealed = seal_text(said, REASONS, self.id) if said else None

    @property
    def why(self) -> str:
        return open_text(self.why_sealed, WHY, self.id) if self.why_sealed else ""

    @property
    def explanation(self) -> Explanation | None:
        """What matching said when the offer was made."""
        if self.reasons_sealed is None:
            return None
        return explanation_from_data(json.loads(open_text(self.reasons_sealed, REASONS, self.id)))


class OfferAnswer(Model):
    """What one of the two said: yes at `accepted_at`, or "not this time" at `declined_at`, the last word at `said_at`.

    A reason, if there is one, is for the coordinator alone.
    """

    __tablename__ = "offer_answer"
    __table_args__ = (Index("uq_offer_answer_one_each", "offer_id", "person_id", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    said_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    because_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    def give_reason(self, because: str) -> None:
        """Keep why, or nothing any more. The id must be set."""
        self.because_sealed = seal_text(because, BECAUSE, self.id) if because else None

    @property
    def because(self) -> str:
        return open_text(self.because_sealed, BECAUSE, self.id) if self.because_sealed else ""
