"""A browser's subscription: kept, kept up to date, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person, SignIn
from webapp.push.encryption import BrowserKeys
from webapp.push.endpoints import Endpoint
from webapp.push.models import Subscription
from webapp.push.models.subscription import hash_of, live_subscriptions

CONFIRMED_FOR = timedelta(hours=12)


class SubscribeAgain(Exception):
    """This subscription cannot be used (any more): the browser must end it and make a new one."""


class SharedDevice(Exception):
    """Push is never for a shared device: its lock screen is everybody's."""


@dataclass(frozen=True)
class Offered:
    """What a browser offers: where to send, its keys, and the VAPID key it subscribed with."""

    url: str
    endpoint: Endpoint
    keys: BrowserKeys
    key_id: str


def is_kept(sign_in: SignIn, offered: Offered) -> bool:
    """Is this very subscription live and lately confirmed, so that there is nothing to write?"""
    row = _found(offered.url)
    return (
        row is not None
        and row.sign_in_id == sign_in.id
        and row.state == "live"
        and row.key_id == offered.key_id
        and row.address() == (offered.url, offered.keys)
        and now() - row.confirmed_at < CONFIRMED_FOR
    )


def keep_subscription(sign_in: SignIn, offered: Offered, *, newest_key: str) -> Subscription:
    """Keep what a browser offers, inside a write transaction; a browser has one.

    SubscribeAgain when it belongs to another person, was ended, or was made under another key than the newest.
    """
    if sign_in.shared:
        raise SharedDevice
    row = _found(offered.url)
    if offered.key_id != newest_key or (row is not None and not _goes_on(row, sign_in)):
        raise SubscribeAgain
    if row is None:
        row = Subscription(id=uuid7(), made_at=now())
        audit.record(sign_in.person_id, "push.turned_on", "device", sign_in.device_id)
        db.session.add(row)
    row.sign_in_id, row.origin, row.key_id = sign_in.id, offered.endpoint.origin, offered.key_id
    row.confirmed_at = now()
    row.keep_address(offered.url, offered.keys)
    db.session.flush()
    _end_others_on_this_device(row, sign_in)
    return row


def drop_subscription(sign_in: SignIn, url: str) -> None:
    """Forget one of this sign-in's subscriptions, inside a write transaction; somebody else's stays."""
    dropped = db.session.execute(
        delete(Subscription)
        .where(Subscription.endpoint_hash == hash_of(url), Subscription.sign_in_id == sign_in.id)
        .returning(Subscription.id)
    ).first()
    if dropped is not None:
        audit.record(sign_in.person_id, "push.turned_off", "device", sign_in.device_id)


def end_for_sign_in(sign_in_id: UUID) -> None:
    """Forget what belongs to a sign-in that ended, inside a write transaction."""
    db.session.execute(delete(Subscription).where(Subscription.sign_in_id == sign_in_id))


def end_for_person(person: Person) -> None:
    """Forget every subscription of a person, inside a write transaction."""
    theirs = select(SignIn.id).where(SignIn.person_id == person.id)
    db.session.execute(delete(Subscription).where(Subscription.sign_in_id.in_(theirs)))


def states_of(person: Person) -> dict[UUID, str]:
    """By sign-in, for the devices page: "live", "gone" or "needs_resubscribe"; no entry when push is off there."""
    rows = db.session.scalars(
        select(Subscription)
        .join(Subscription.sign_in)
        .where(SignIn.person_id == person.id)
        .order_by(Subscription.confirmed_at)
    )
    return {row.sign_in_id: row.state for row in rows}


def is_live(sign_in: SignIn, at: datetime) -> bool:
    """Can this sign-in's browser be sent to?"""
    return db.session.scalar(live_subscriptions(at).where(SignIn.id == sign_in.id).limit(1)) is not None


def _found(url: str) -> Subscription | None:
    return db.session.scalar(select(Subscription).where(Subscription.endpoint_hash == hash_of(url)))


def _goes_on(row: Subscription, sign_in: SignIn) -> bool:
    return row.state == "live" and row.sign_in.person_id == sign_in.person_id


def _end_others_on_this_device(kept: Subscription, sign_in: SignIn) -> None:
    same_device = select(SignIn.id).where(SignIn.device_id == sign_in.device_id)
    db.session.execute(delete(Subscription).where(Subscription.sign_in_id.in_(same_device), Subscription.id != kept.id))
