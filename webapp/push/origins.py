"""How the push services stand: which of them takes nothing, why, and since when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from webapp.clock import now
from webapp.database import db, inserting
from webapp.push.models import Delivery, OriginPause, PushMessage, Subscription
from webapp.push.models.subscription import live_subscriptions

SIGNATURE_REFUSED = "signature_refused"
TROUBLES = (SIGNATURE_REFUSED, "busy", "refused", "failing", "no_answer")
DOWN_AFTER = timedelta(hours=1)  # messages are tried every 15 minutes at least: four tries, and none was taken


class Trouble(NamedTuple):
    """Until when a push service is left alone, and why."""

    until: datetime
    why: str


@dataclass(frozen=True)
class TroubledService:
    """A push service that takes nothing since `since`.

    Nothing is known of it after `until`. `asked_at` is when somebody said to try again.
    """

    origin: str
    why: str
    since: datetime
    until: datetime
    asked_at: datetime | None

    def is_stopped(self, at: datetime) -> bool:
        """Whether somebody has to look: our signature is refused, or nothing was taken for long."""
        if self.asked_at is not None:
            return False
        return self.why == SIGNATURE_REFUSED or min(at, self.until) - self.since >= DOWN_AFTER


def note_how_they_answered(took: Collection[str], troubles: Mapping[str, Trouble], at: datetime) -> None:
    """Write down which origins took a message and which did not, inside a write transaction."""
    for origin in sorted({*took, *troubles}):  # in one order everywhere, so that no two workers wait for each other
        if origin in took:
            db.session.execute(delete(OriginPause).where(OriginPause.origin == origin))
        if origin in troubles:
            _note_trouble(origin, troubles[origin], at)


def trouble_of(status: int | None) -> str:
    """Why a push service did not take a message that will be tried again."""
    if status is None:
        return "no_answer"
    return "refused" if status in (400, 401, 403) else "failing"


def troubled_services() -> list[TroubledService]:
    """Those that take nothing, and that some browser still depends on."""
    needed = live_subscriptions(now()).with_only_columns(Subscription.origin)
    rows = db.session.scalars(select(OriginPause).where(OriginPause.origin.in_(needed)).order_by(OriginPause.origin))
    return [
        TroubledService(row.origin, row.why or "busy", row.since or row.until, row.until, row.asked_at) for row in rows
    ]


def stopped_origins(at: datetime) -> list[str]:
    """The push services about which somebody has to do something; for the administrator."""
    return [each.origin for each in troubled_services() if each.is_stopped(at)]


def ask_again(origin: str) -> None:
    """Have what waits for a push service tried again at once, inside a write transaction."""
    at = now()
    db.session.execute(update(OriginPause).where(OriginPause.origin == origin).values(until=at, asked_at=at))
    theirs = select(Subscription.id).where(Subscription.origin == origin)
    db.session.execute(
        update(Delivery)
        .where(Delivery.subscription_id.in_(theirs), Delivery.finished_at.is_(None), Delivery.locked_by.is_(None))
        .values(due_at=at)
    )


def due_since() -> datetime | None:
    """Since when the oldest message or delivery that is due waits for a worker; None when nothing waits."""
    at = now()
    message = select(func.min(PushMessage.due_at)).where(PushMessage.settled_at.is_(None), PushMessage.due_at <= at)
    delivery = select(func.min(Delivery.due_at)).where(Delivery.finished_at.is_(None), Delivery.due_at <= at)
    oldest = (db.session.scalar(message), db.session.scalar(delivery))
    return min((each for each in oldest if each is not None), default=None)


def _note_trouble(origin: str, trouble: Trouble, at: datetime) -> None:
    """A pause that still goes on is not cut short by a lesser trouble."""
    pause = inserting(OriginPause, origin=origin, until=trouble.until, why=trouble.why, since=at)
    now_said = {"until": trouble.until, "why": trouble.why, "asked_at": None}
    longer = OriginPause.until <= trouble.until
    db.session.execute(pause.on_conflict_do_update(index_elements=["origin"], set_=now_said, where=longer))
