"""Acting on a push service's answer: what becomes of the delivery, the subscription and the push service."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from webapp.database import db, inserting
from webapp.push.answers import Answer, Meaning, Verdict, retry_wait, what_it_means
from webapp.push.claims import finish, put_back
from webapp.push.models import Delivery, OriginPause, Subscription

STOPPED_FOR = timedelta(hours=1)
SIGNATURE_REFUSED = "signature_refused"


def act_on(answer: Answer, delivery_id: UUID, worker: str, at: datetime) -> None:
    """Do what an answer means, inside a write transaction."""
    row = db.session.get(Delivery, delivery_id)
    if row is None:  # the person, the sign-in or the subscription went meanwhile
        return
    verdict = what_it_means(answer, datetime.now(UTC))  # a Retry-After is told by the world's clock
    if (try_again := _when_again(verdict, row, at)) is not None:
        settle(row.id, worker, try_again, at)
    else:
        _note_on(row.subscription, verdict.meaning, at)
        finish(row.id, worker, verdict.meaning, at)


def settle(delivery_id: UUID, worker: str, how: str | datetime, at: datetime) -> None:
    """End a delivery (an outcome), or have it wait (a moment) unless it is too late by then."""
    row = db.session.get(Delivery, delivery_id)
    if row is None:
        return
    if isinstance(how, str):
        finish(row.id, worker, how, at)
    elif how >= row.message.expires_at:
        finish(row.id, worker, "too_late", at)
    else:
        put_back(row.id, worker, how)


def stopped_origins(at: datetime) -> list[str]:
    """The push services that refuse our signature now; for the administrator."""
    refusing = select(OriginPause).where(OriginPause.why == SIGNATURE_REFUSED, OriginPause.until > at)
    return [pause.origin for pause in db.session.scalars(refusing.order_by(OriginPause.origin))]


def _when_again(verdict: Verdict, row: Delivery, at: datetime) -> datetime | None:
    """When to try again, after writing down who has to wait; None when it is over."""
    browser = row.subscription
    match verdict.meaning:
        case Meaning.retry:
            return at + retry_wait(row.attempts, random.random())  # noqa: S311  jitter, not a secret
        case Meaning.wait_endpoint:
            browser.wait_until = at + verdict.wait
            return browser.wait_until
        case Meaning.wait_origin:
            return _pause(browser.origin, at + verdict.wait, None)
        case Meaning.refused_signature:
            current_app.logger.error("%s refuses our push signature. Check PUSH_CONTACT and the clock.", browser.origin)
            return _pause(browser.origin, at + STOPPED_FOR, SIGNATURE_REFUSED)
        case _:
            return None


def _note_on(browser: Subscription, meaning: Meaning, at: datetime) -> None:
    match meaning:
        case Meaning.accepted:
            browser.accepted_at, browser.wait_until = at, None
        case Meaning.gone:
            browser.gone_at = at
        case Meaning.needs_resubscribe:
            browser.needs_resubscribe_at = at


def _pause(origin: str, until: datetime, why: str | None) -> datetime:
    pause = inserting(OriginPause, origin=origin, until=until, why=why)
    db.session.execute(pause.on_conflict_do_update(index_elements=["origin"], set_={"until": until, "why": why}))
    return until
