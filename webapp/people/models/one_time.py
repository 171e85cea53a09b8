"""What opens the door once: an invitation, a code for one's phone, a link to a new password. Only hashes are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people.models.person import Person

TRIES = 5


class OneTime:
    """One of each kind at most for a person: a new one replaces the old."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)

    if TYPE_CHECKING:
        person: Mapped[Person]

    def is_good(self, at: datetime) -> bool:
        """Whether it still opens the door at `at`."""
        return at < self.expires_at and self.person.is_active


class Invitation(OneTime, Model):
    """Lives until its person has a password. `code_hash` is of the code that is typed beside the e-mail.

    `mail_id` is the letter that it went out with, for as long as letters are remembered.
    """

    __tablename__ = "invitation"

    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    code_hash: Mapped[str] = mapped_column(String(100))
    opened_at: Mapped[datetime | None]
    mail_id: Mapped[UUID | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True, foreign_keys="Invitation.person_id")

    def is_good(self, at: datetime) -> bool:
        return super().is_good(at) and self.person.password_hash is None


class PhoneCode(OneTime, Model):
    """Lets a person go on on their phone. `sign_in_id` is where it was asked for, and where its use is told."""

    __tablename__ = "phone_code"

    sign_in_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(100))
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    def is_good(self, at: datetime) -> bool:
        return super().is_good(at) and self.used_at is None and self.tries < TRIES


class ResetLink(OneTime, Model):
    """A link to choose a new password. `made_by_id` is the administrator who handed it over, if one did."""

    __tablename__ = "reset_link"

    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True, foreign_keys="ResetLink.person_id")
