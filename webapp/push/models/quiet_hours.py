"""When one person wishes to be left in peace."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model
from webapp.people import Person
from webapp.push.quiet import USUAL_END, USUAL_START, Quiet


class QuietHours(Model):
    """A person's own word on their quiet; who never said anything has the usual window and no row."""

    __tablename__ = "quiet_hours"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    starts: Mapped[time] = mapped_column(default=USUAL_START)
    ends: Mapped[time] = mapped_column(default=USUAL_END)
    nights_until: Mapped[date | None]
    away_until: Mapped[date | None]


def quiet_of(person: Person, row: QuietHours | None) -> Quiet:
    """The rules for a person, in the person's zone."""
    zone = ZoneInfo(person.zone)
    if row is None:
        return Quiet(zone)
    return Quiet(zone, row.starts, row.ends, row.nights_until, row.away_until)
