"""Forgetting what nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select

from webapp.clock import now
from webapp.database import db
from webapp.people import SignIn
from webapp.push.models import Delivery, OriginPause, PushDay, PushMessage, Subscription

DELIVERIES_KEPT = timedelta(days=30)
MESSAGES_KEPT = timedelta(days=400)  # they are the memory that keeps a reminder from coming twice


def forget_old() -> None:
    """Forget old deliveries and messages, and the subscriptions of sign-ins that ended. In a write transaction."""
    at = now()
    ended = select(SignIn.id).where(or_(SignIn.revoked_at.is_not(None), SignIn.expires_at <= at))
    db.session.execute(delete(Subscription).where(Subscription.sign_in_id.in_(ended)))
    db.session.execute(delete(Delivery).where(Delivery.finished_at < at - DELIVERIES_KEPT))
    db.session.execute(delete(PushMessage).where(PushMessage.settled_at < at - MESSAGES_KEPT))
    db.session.execute(delete(PushDay).where(PushDay.day < (at - DELIVERIES_KEPT).date()))
    db.session.execute(delete(OriginPause).where(OriginPause.until < at - DELIVERIES_KEPT))
