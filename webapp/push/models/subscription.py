"""A browser's leave to be sent a push, and the push services that asked us to wait."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql import Select

from webapp.database import Model, uuid7
from webapp.people import Person, SignIn
from webapp.push.encryption import BrowserKeys
from webapp.sealing import open_text, seal_text

ADDRESS = "push_subscription.address"


class Subscription(Model):
    """Belongs to a sign-in and is deleted with it; it never changes its owner.

    The endpoint and the browser's keys are a capability: sealed at rest, never logged, never shown.
    """

    __tablename__ = "push_subscription"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    sign_in_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in.id", ondelete="CASCADE"), index=True)
    endpoint_hash: Mapped[str] = mapped_column(String(64), unique=True)
    origin: Mapped[str] = mapped_column(String(280))
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    wait_until: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    needs_resubscribe_at: Mapped[datetime | None]

    sign_in: Mapped[SignIn] = relationship(lazy="joined", innerjoin=True)

    @property
    def state(self) -> str:
        """ "live", "gone" or "needs_resubscribe"."""
        if self.gone_at is not None:
            return "gone"
        return "live" if self.needs_resubscribe_at is None else "needs_resubscribe"

    def keep_address(self, endpoint: str, keys: BrowserKeys) -> None:
        """Seal where and to whom it is sent. The id must be set."""
        address = json.dumps([endpoint, keys.p256dh, keys.auth])
        self.address_sealed = seal_text(address, ADDRESS, self.id)
        self.endpoint_hash = hash_of(endpoint)

    def address(self) -> tuple[str, BrowserKeys]:
        """The endpoint and the browser's keys."""
        endpoint, p256dh, auth = json.loads(open_text(self.address_sealed, ADDRESS, self.id))
        return endpoint, BrowserKeys(p256dh, auth)


class OriginPause(Model):
    """A push service that has taken nothing since `since`; it is left alone until `until`.

    `why` is one of TROUBLES. The row goes with the first message that is taken again. `asked_at` is when an
    administrator said to try again, and nothing is known since.
    """

    __tablename__ = "push_origin_pause"

    origin: Mapped[str] = mapped_column(String(280), primary_key=True)
    until: Mapped[datetime]
    why: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]


def hash_of(endpoint: str) -> str:
    """What an endpoint is found again by."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def live_subscriptions(at: datetime) -> Select[Subscription]:
    """Those that may be sent to: their sign-in goes on, their person is here, the push service has not ended them."""
    return (
        select(Subscription)
        .join(Subscription.sign_in)
        .join(SignIn.person)
        .where(
            Subscription.gone_at.is_(None),
            Subscription.needs_resubscribe_at.is_(None),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > at,
            Person.closed_at.is_(None),
        )
    )
