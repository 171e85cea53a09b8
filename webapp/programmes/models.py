"""A programme and the people who coordinate it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, Named, uuid7
from webapp.people import Person
from webapp.programmes.rules import Rhythm


class Programme(Named, Model):
    """One programme of the organisation; every pairing belongs to one."""

    __tablename__ = "programme"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    hello_hours: Mapped[int] = mapped_column(default=72)
    first_talk_days: Mapped[int] = mapped_column(default=14)
    weekly_days: Mapped[int] = mapped_column(default=28)
    fortnightly_days: Mapped[int] = mapped_column(default=91)

    coordinators: Mapped[list[ProgrammeCoordinator]] = relationship(cascade="all, delete-orphan")

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.hello_hours, self.first_talk_days, self.weekly_days, self.fortnightly_days)

    def is_coordinated_by(self, person: Person) -> bool:
        return any(row.person_id == person.id for row in self.coordinators)


class ProgrammeCoordinator(Model):
    """One person who coordinates one programme."""

    __tablename__ = "programme_coordinator"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
