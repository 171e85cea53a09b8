"""A person in a programme."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people import Person
from webapp.programmes.models.cohort import Cohort


class Enrolment(Model):
    """One person as a mentee or as a mentor of one programme, from `enrolled_at` until `left_at`.

    Nobody is paired by it. `capacity` is how many mentees a mentor has time for, those they have included; it means
    nothing for a mentee. Where somebody works is on the person (`person.unit`), so that it is written down once.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        Index(
            "uq_enrolment_standing",
            "programme_id",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohort.id", ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(String(6))
    capacity: Mapped[int] = mapped_column(default=1)
    enrolled_at: Mapped[datetime]
    enrolled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    left_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined", innerjoin=True)
    cohort: Mapped[Cohort | None] = relationship(lazy="joined")
