"""How much waits to be told, and how many devices can be told: numbers for an administrator, never whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from webapp.clock import now
from webapp.database import db
from webapp.people import Person, SignIn
from webapp.push.models import Delivery, PushMessage, Subscription
from webapp.push.models.subscription import live_subscriptions


@dataclass(frozen=True)
class Figures:
    """`untold` messages wait for their time, `on_the_way` are addressed to a device and not taken yet."""

    untold: int
    on_the_way: int
    devices: int
    devices_stopped: int


def figures() -> Figures:
    """Count."""
    return Figures(
        untold=_count(select(func.count()).select_from(PushMessage).where(PushMessage.settled_at.is_(None))),
        on_the_way=_count(select(func.count()).select_from(Delivery).where(Delivery.finished_at.is_(None))),
        devices=_count(live_subscriptions(now()).with_only_columns(func.count(Subscription.id))),
        devices_stopped=_count(_stopped()),
    )


def _stopped() -> Select[Any]:
    """Devices on which somebody had turned it on, who is still signed in there, and that cannot be sent to."""
    over = or_(Subscription.gone_at.is_not(None), Subscription.needs_resubscribe_at.is_not(None))
    here = (SignIn.revoked_at.is_(None), SignIn.expires_at > now(), Person.closed_at.is_(None))
    joined = select(func.count(Subscription.id)).join(Subscription.sign_in).join(SignIn.person)
    return joined.where(over, *here)


def _count(query: Select[Any]) -> int:
    return int(db.session.scalar(query) or 0)
