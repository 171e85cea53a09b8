"""A device as one person uses it, and each time they signed in there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7

if TYPE_CHECKING:
    from webapp.people.models.person import Person

OWN = "own"
SHARED = "shared"


class Device(Model):
    """One browser as one person uses it. `owner_tag` names their rows in it without naming them.

    `second_step_at` is when a code was shown there last; on one's own device it need not be shown again for a while.
    """

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("browser", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    browser: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    owner_tag: Mapped[str] = mapped_column(String(22), unique=True)
    kind: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(80))
    first_seen_at: Mapped[datetime]
    second_step_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="devices")


class SignIn(Model):
    """A session: the id is random and stands in the session cookie, the hash of the second cookie in `here_hash`."""

    __tablename__ = "sign_in"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"))
    here_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_human_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None] = mapped_column(String(40))

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    device: Mapped[Device] = relationship(lazy="joined", innerjoin=True)

    # Flask-Login asks these of what its loader returns.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.person.is_active

    def get_id(self) -> str:
        return str(self.id)

    def is_over(self, at: datetime, idle: timedelta | None) -> bool:
        """Whether this sign-in has ended by `at`: revoked, expired, closed account, or idle for too long."""
        if self.revoked_at is not None or at >= self.expires_at or not self.person.is_active:
            return True
        return idle is not None and at - self.last_human_at > idle

    @property
    def shared(self) -> bool:
        return self.device.kind == SHARED
