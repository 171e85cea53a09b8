"""One topic of a profile, as somebody answered it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7
from webapp.profiles.fields import TOPICS, Topic
from webapp.sealing import open_text, seal_text

PLACE = "profile_answer.said"


class ProfileAnswer(Model):
    """What somebody said on a topic: of themselves once, or for their part in one programme.

    A topic without a row is not answered, so how much is filled in can be told without opening anything.
    """

    __tablename__ = "profile_answer"
    __table_args__ = (
        Index(
            "uq_profile_answer_of_person",
            "person_id",
            "topic",
            unique=True,
            sqlite_where=text("enrolment_id IS NULL"),
            postgresql_where=text("enrolment_id IS NULL"),
        ),
        Index(
            "uq_profile_answer_of_part",
            "enrolment_id",
            "topic",
            unique=True,
            sqlite_where=text("enrolment_id IS NOT NULL"),
            postgresql_where=text("enrolment_id IS NOT NULL"),
        ),
        Index("ix_profile_answer_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(12))
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime]

    def say(self, said: Topic) -> None:
        """Keep this answer. The id must be set."""
        self.said_sealed = seal_text(said.model_dump_json(), PLACE, self.id)

    @property
    def said(self) -> Topic:
        return TOPICS[self.topic].model_validate_json(open_text(self.said_sealed, PLACE, self.id))


class ProfileLater(Model):
    """Somebody does not want to be offered the profile on Today."""

    __tablename__ = "profile_later"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    said_at: Mapped[datetime]
