"""Acting on push services' answers: what becomes of the deliveries, the subscriptions and the push services."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.database import db
from webapp.push.answers import Answer, Meaning, Verdict, retry_wait, what_it_means
from webapp.push.by_mail import LOST, release_anew
from webapp.push.claims import finish, put_back
from webapp.push.models import Delivery, PushMessage, Subscription
from webapp.push.origins import SIGNATURE_REFUSED, Trouble, note_how_they_answered, trouble_of

STOPPED_FOR = timedelta(hours=1)
ACCEPTED_NOTED_EVERY = timedelta(hours=1)


def act_on(answers: Mapping[UUID, Answer], worker: str, at: datetime) -> None:
    """Do what the answer to each delivery means, inside a write transaction."""
    world_time = datetime.now(UTC)  # a Retry-After is told by the world's clock, not by a demonstration's
    how: dict[UUID, str | datetime] = {}
    took, troubles = set[str](), dict[str, Trouble]()
    for row in _deliveries(answers):
        verdict = what_it_means(answers[row.id], world_time)
        origin = row.subscription.origin
        try_again = _when_again(verdict, row, at)
        if try_again is None:
            _note_on(row.subscription, verdict.meaning, at)
        how[row.id] = try_again or verdict.meaning.value
        if verdict.meaning is Meaning.accepted:
            took.add(origin)
        elif (trouble := _trouble(verdict, answers[row.id], try_again, at)) is not None:
            troubles[origin] = max(trouble, troubles.get(origin, trouble))
    note_how_they_answered(took, troubles, at)
    settle(how, worker, at)


def settle(how: Mapping[UUID, str | datetime], worker: str, at: datetime) -> None:
    """End each delivery (an outcome), or have it wait (a moment) unless it is too late by then."""
    ended: defaultdict[str, list[UUID]] = defaultdict(list)
    for row in _deliveries(how):
        ends_or_waits = how[row.id]
        if isinstance(ends_or_waits, str):
            ended[ends_or_waits].append(row.id)
        elif ends_or_waits >= row.message.expires_at:
            ended["too_late"].append(row.id)
        else:
            put_back(row.id, worker, ends_or_waits)
    for outcome, deliveries in ended.items():
        finished = finish(deliveries, worker, outcome, at)
        if outcome in LOST:
            release_anew(finished, at)


def _deliveries(ids: Iterable[UUID]) -> Iterable[Delivery]:
    """Those that still exist: a person, a sign-in or a subscription may have gone meanwhile."""
    lean = (
        joinedload(Delivery.message).lazyload(PushMessage.person),
        joinedload(Delivery.subscription).lazyload(Subscription.sign_in),
    )
    return db.session.scalars(select(Delivery).where(Delivery.id.in_(list(ids))).options(*lean)).all()


def _when_again(verdict: Verdict, row: Delivery, at: datetime) -> datetime | None:
    """When to try again, after writing down that a browser has to wait; None when it is over."""
    browser = row.subscription
    match verdict.meaning:
        case Meaning.retry:
            return at + retry_wait(row.attempts, random.random())  # noqa: S311  jitter, not a secret
        case Meaning.wait_endpoint:
            browser.wait_until = at + verdict.wait
            return browser.wait_until
        case Meaning.wait_origin:
            return at + verdict.wait
        case Meaning.refused_signature:
            current_app.logger.error("%s refuses our push signature. Check PUSH_CONTACT and the clock.", browser.origin)
            return at + STOPPED_FOR
        case _:
            return None


def _trouble(verdict: Verdict, answer: Answer, try_again: datetime | None, at: datetime) -> Trouble | None:
    """What an answer says of the push service as a whole, and until when all of its messages wait."""
    match verdict.meaning:
        case Meaning.refused_signature:
            return Trouble(try_again or at, SIGNATURE_REFUSED)
        case Meaning.wait_origin:
            return Trouble(try_again or at, "busy")
        case Meaning.retry:
            return Trouble(at, trouble_of(answer.status))
        case _:
            return None


def _note_on(browser: Subscription, meaning: Meaning, at: datetime) -> None:
    match meaning:
        case Meaning.accepted:
            if browser.accepted_at is None or at - browser.accepted_at >= ACCEPTED_NOTED_EVERY:
                browser.accepted_at, browser.wait_until = at, None
        case Meaning.gone:
            browser.gone_at = at
        case Meaning.needs_resubscribe:
            browser.needs_resubscribe_at = at
