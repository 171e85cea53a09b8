"""What is to be told to whom, and each sending of it to one browser."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people import Person
from webapp.push.models.subscription import Subscription

UNSETTLED = text("settled_at IS NULL")
UNFINISHED = text("finished_at IS NULL")


class PushMessage(Model):
    """Something to tell a person, written in the transaction that causes it. It holds no words of anybody.

    It waits until `due_at` and is then settled: released to the person's browsers, or kept as a badge in the app.
    """

    __tablename__ = "push_message"
    __table_args__ = (
        Index("ix_push_message_due", "due_at", "id", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED),
        Index("ix_push_message_person", "person_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    sign_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    dedup_key: Mapped[str] = mapped_column(String(200), unique=True)
    navigate: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_how: Mapped[str | None] = mapped_column(String(20))

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    def settle(self, how: str, at: datetime) -> None:
        """Decide it for good: "released", or why it stays a badge.

        The reasons are "too_late", "cap", "bundled", "no_device", "seen" (in the app, before a letter was due), and
        "mailed".
        """
        self.settled_how, self.settled_at = how, at


class Delivery(Model):
    """One message on its way to one browser; claimed under a lease by one worker at a time."""

    __tablename__ = "push_delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "subscription_id"),
        Index("ix_push_delivery_due", "due_at", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("push_message.id", ondelete="CASCADE"))
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("push_subscription.id", ondelete="CASCADE"), index=True)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_by: Mapped[str | None] = mapped_column(String(80))
    locked_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))

    message: Mapped[PushMessage] = relationship(lazy="joined", innerjoin=True)
    subscription: Mapped[Subscription] = relationship(lazy="joined", innerjoin=True)


class PushDay(Model):
    """What a person was sent on one local day: cap, bundle and letters are counted here, safely among workers."""

    __tablename__ = "push_day"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int] = mapped_column(default=0)
    bundled_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    urgent_mailed_at: Mapped[datetime | None]
