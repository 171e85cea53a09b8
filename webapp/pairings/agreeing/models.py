"""A signature below one version of the agreement."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model


class Signature(Model):
    """One of the two agreed. `signed_as` is their name on that day; it stays when they change it later."""

    __tablename__ = "agreement_signature"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    signed_as: Mapped[str] = mapped_column(String(120))
    signed_at: Mapped[datetime]
