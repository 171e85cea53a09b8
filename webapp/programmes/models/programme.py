"""A programme and the people who coordinate it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, Named, uuid7
from webapp.people import Person
from webapp.programmes.rules import PROTECTED_MINUTES, Rhythm


class Programme(Named, Model):
    """One programme of the organisation; every pairing belongs to one.

    It is a draft until somebody starts it, and runs until somebody ends it. `protected_minutes` are minutes a month
    that people may talk in working time; `off_shift` is one of `rules.OFF_SHIFT`.
    """

    __tablename__ = "programme"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(600), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    started_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    hello_hours: Mapped[int] = mapped_column(default=72)
    first_talk_days: Mapped[int] = mapped_column(default=14)
    weekly_days: Mapped[int] = mapped_column(default=28)
    fortnightly_days: Mapped[int] = mapped_column(default=91)
    protected_minutes: Mapped[int] = mapped_column(default=PROTECTED_MINUTES)
    off_shift: Mapped[str] = mapped_column(String(12), default="not_asked")
    training_required_since: Mapped[datetime | None]

    coordinators: Mapped[list[ProgrammeCoordinator]] = relationship(cascade="all, delete-orphan")

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.hello_hours, self.first_talk_days, self.weekly_days, self.fortnightly_days)

    @property
    def state(self) -> str:
        """Either "draft", "running" or "ended"."""
        if self.ended_at is not None:
            return "ended"
        return "running" if self.started_at is not None else "draft"

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    def is_coordinated_by(self, person: Person) -> bool:
        return self._coordinator(person) is not None

    def is_seen_whole_by(self, person: Person) -> bool:
        """Whether this person coordinates it on every site."""
        row = self._coordinator(person)
        return row is not None and not row.sites

    def covers(self, coordinator: Person, participant: Person) -> bool:
        """Whether this participant is on a site that the person coordinates; nobody's site is for whoever has all."""
        if not self.is_coordinated_by(coordinator):
            return False
        sites = self.sites_covered_by(coordinator)
        return sites is None or (participant.unit is not None and participant.unit.site_id in sites)

    def sites_covered_by(self, coordinator: Person) -> frozenset[UUID] | None:
        """The sites that its coordinator coordinates it on; None for all of them, and for who has no site."""
        row = self._coordinator(coordinator)
        sites = row.sites if row else ()
        return frozenset(each.site_id for each in sites) or None

    def _coordinator(self, person: Person) -> ProgrammeCoordinator | None:
        return next((row for row in self.coordinators if row.person_id == person.id), None)


class ProgrammeCoordinator(Model):
    """One person who coordinates one programme: on these sites, or on all when there are none."""

    __tablename__ = "programme_coordinator"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    sites: Mapped[list[CoordinatorSite]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class CoordinatorSite(Model):
    """One of the sites that somebody coordinates a programme on."""

    __tablename__ = "coordinator_site"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_id", "person_id"],
            ["programme_coordinator.programme_id", "programme_coordinator.person_id"],
            name="fk_coordinator_site_coordinator",
            ondelete="CASCADE",
        ),
    )

    programme_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), primary_key=True)
