"""Whom to ring."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people import Site

KINDS = ("emergency", "crisis", "safeguarding", "privacy", "other")
NEEDED = ("crisis", "safeguarding", "privacy")
CONFIRM_EVERY = timedelta(days=365)


class HelpContact(Model):
    """A telephone number with its name: of one site, or of the whole organisation when `site_id` is None.

    It is plain text, since it is public. Somebody confirms once a year that the number is still right.
    """

    __tablename__ = "help_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    site_id: Mapped[UUID | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    lang: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(120), default="")
    confirmed_on: Mapped[date]

    site: Mapped[Site | None] = relationship(lazy="joined")

    def wants_confirming(self, today: date) -> bool:
        return today - self.confirmed_on > CONFIRM_EVERY
