"""The first half of sending: a message that is due meets its reader's quiet, the day's cap, and their browsers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from webapp.clock import now
from webapp.database import db, inserting, uuid7, writing
from webapp.people import SignIn
from webapp.push.by_mail import tell_by_mail
from webapp.push.kinds import DAILY_CAP, KINDS
from webapp.push.messages import quiet_for_all
from webapp.push.models import Delivery, PushDay, PushMessage, Subscription
from webapp.push.models.subscription import live_subscriptions
from webapp.push.quiet import Quiet, when_to_send

BATCH = 100


def release_due(limit: int = BATCH) -> int:
    """Settle or postpone the messages that are due, in one transaction of its own; returns how many there were.

    Safe for any number of workers: on PostgreSQL each takes other rows, on SQLite one waits for the other.
    """
    due = select(PushMessage).where(PushMessage.settled_at.is_(None), PushMessage.due_at <= now())
    nothing_due = db.session.scalar(due.with_only_columns(PushMessage.id).limit(1)) is None
    db.session.rollback()
    if nothing_due:
        return 0
    with writing():
        batch = due.order_by(PushMessage.due_at, PushMessage.id).limit(limit)
        messages = db.session.scalars(batch.with_for_update(skip_locked=True, of=PushMessage)).all()
        quiets = quiet_for_all([message.person for message in messages])
        browsers = _browsers_of({message.person_id for message in messages})
        tried = _tried({message.id for message in messages})
        for message in messages:
            untried = [each for each in browsers[message.person_id] if (message.id, each.id) not in tried]
            _release(message, quiets[message.person_id], untried, now())
    return len(messages)


def _release(message: PushMessage, quiet: Quiet, browsers: list[Subscription], at: datetime) -> None:
    send_at = _send_at(message, quiet, at)
    reached = [each for each in browsers if message.sign_in_id in (None, each.sign_in_id)]
    if send_at is None:
        message.settle("too_late", at)
    elif send_at > at:
        message.due_at = send_at
    elif not reached:
        tell_by_mail(message, quiet, at)
    elif (refused := _refused_by_the_day(message, quiet, at)) is not None:
        message.settle(refused, at)
    else:
        message.settle("released", at)
        for browser in reached:
            db.session.add(Delivery(id=uuid7(), message_id=message.id, subscription_id=browser.id, due_at=at))


def _send_at(message: PushMessage, quiet: Quiet, at: datetime) -> datetime | None:
    if KINDS[message.kind].heeds_quiet:
        return when_to_send(at, message.expires_at, quiet)
    return at if at < message.expires_at else None


def _refused_by_the_day(message: PushMessage, quiet: Quiet, at: datetime) -> str | None:
    """Take the message's place in its reader's day; or why there is none ("cap", "bundled")."""
    kind = KINDS[message.kind]
    if not kind.capped:
        return None
    day = at.astimezone(quiet.zone).date()
    opened = inserting(PushDay, person_id=message.person_id, day=day, used=0)
    db.session.execute(opened.on_conflict_do_nothing(index_elements=["person_id", "day"]))
    place = update(PushDay).where(PushDay.person_id == message.person_id, PushDay.day == day)
    if kind.bundled:
        place = place.where(PushDay.bundled_at.is_(None)).values(bundled_at=at)
    place = place.where(PushDay.used < DAILY_CAP).values(used=PushDay.used + 1)
    taken = db.session.execute(place.returning(PushDay.used).execution_options(synchronize_session=False))
    if taken.first() is not None:
        return None
    return "bundled" if kind.bundled else "cap"


def _tried(messages: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Message and browser of what was tried before: a message that all browsers refused comes here once more."""
    tried = select(Delivery.message_id, Delivery.subscription_id).where(Delivery.message_id.in_(messages))
    return {(row[0], row[1]) for row in db.session.execute(tried)}


def _browsers_of(people: set[UUID]) -> defaultdict[UUID, list[Subscription]]:
    browsers: defaultdict[UUID, list[Subscription]] = defaultdict(list)
    for row in db.session.scalars(live_subscriptions(now()).where(SignIn.person_id.in_(people))):
        browsers[row.sign_in.person_id].append(row)
    return browsers
