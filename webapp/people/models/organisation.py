"""The one organisation that this database belongs to, its sites and their units."""

from __future__ import annotations

import uuid
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, Named, db, uuid7


class Organisation(Named, Model):
    """One row. `epoch` changes when a backup is restored; `demo_since` marks a database of invented people."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(120), default="Friendtor")
    sender_name: Mapped[str] = mapped_column(String(40), default="Friendtor")
    lang: Mapped[str] = mapped_column(String(8), default="en")
    zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    epoch: Mapped[UUID] = mapped_column(default=uuid.uuid4)
    demo_since: Mapped[datetime | None]
    second_step_required_from: Mapped[datetime | None]


class Site(Named, Model):
    """A place with its own address and help contacts."""

    __tablename__ = "site"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    zone: Mapped[str] = mapped_column(String(40), default="Europe/London")


class Unit(Named, Model):
    """A ward or department on one site."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str] = mapped_column(String(120))

    site: Mapped[Site] = relationship(lazy="joined")


def the_organisation() -> Organisation | None:
    """The organisation's row; None before set-up."""
    return db.session.get(Organisation, 1)
