"""Making claimed deliveries ready to post, or seeing that they end or wait instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from webapp.database import db
from webapp.people import Person, SignIn
from webapp.push.answers import Answer
from webapp.push.badges import badges_of
from webapp.push.encryption import PayloadTooLarge
from webapp.push.endpoints import UnsafeEndpoint
from webapp.push.kinds import KINDS
from webapp.push.messages import quiet_for_all
from webapp.push.models import Delivery, OriginPause, PushMessage, Subscription
from webapp.push.office import PostOffice
from webapp.push.payload import payload_of, senders_name, smallest_payload_of
from webapp.push.quiet import Quiet, when_to_send
from webapp.push.sender import Posting, topic_for

TOO_LARGE = 413


@dataclass(frozen=True)
class Errand:
    """One claimed delivery, ready to be posted by a thread that has no database."""

    delivery_id: UUID
    posting: Posting
    smallest: Callable[[], Posting]

    def run(self, office: PostOffice) -> Answer:
        """Post it; what is too large is posted again at once in its smallest form."""
        answer = office.sender.send(self.posting)
        return office.sender.send(self.smallest()) if answer.status == TOO_LARGE else answer


@dataclass(frozen=True)
class Instead:
    """A claimed delivery that is not posted now: how it ends, or until when it waits."""

    delivery_id: UUID
    how: str | datetime


def prepare(claimed: list[UUID], office: PostOffice, at: datetime) -> list[Errand | Instead]:
    """What to do with each claimed delivery. Everything is asked again here: it may have waited all night."""
    rows = db.session.scalars(_with_all_that_is_asked(claimed)).all()
    quiets = quiet_for_all([row.message.person for row in rows])
    badges = badges_of({row.message.person_id for row in rows}, at)
    title = senders_name()
    pauses = {pause.origin: pause.until for pause in db.session.scalars(select(OriginPause))}
    prepared: list[Errand | Instead] = []
    for row in rows:
        person_id = row.message.person_id
        instead = _instead(row, quiets[person_id], pauses, at)
        if instead is not None:
            prepared.append(Instead(row.id, instead))
        else:
            prepared.append(_errand(row, title, badges[person_id], office, at))
    return prepared


def _with_all_that_is_asked(claimed: list[UUID]) -> Select[Delivery]:
    message = joinedload(Delivery.message).joinedload(PushMessage.person)
    sign_in = joinedload(Delivery.subscription).joinedload(Subscription.sign_in)
    lean = (lazyload(Person.unit), lazyload(Person.role_rows))
    return (
        select(Delivery)
        .where(Delivery.id.in_(claimed))
        .order_by(Delivery.id)
        .options(message.options(*lean), sign_in.joinedload(SignIn.person).options(*lean))
    )


def _instead(row: Delivery, quiet: Quiet, pauses: dict[str, datetime], at: datetime) -> str | datetime | None:
    message, browser = row.message, row.subscription
    if message.expires_at <= at:
        return "too_late"
    if browser.state != "live" or browser.sign_in.is_over(at, None):
        return "no_device"
    if KINDS[message.kind].heeds_quiet:
        send_at = when_to_send(at, message.expires_at, quiet)
        if send_at is None:
            return "too_late"
        if send_at > at:
            return send_at
    waits = [until for until in (browser.wait_until, pauses.get(browser.origin)) if until and until > at]
    return max(waits) if waits else None


def _errand(row: Delivery, title: str, badge: int, office: PostOffice, at: datetime) -> Errand | Instead:
    message, browser = row.message, row.subscription
    recipient, key_id = browser.sign_in.device.owner_tag, browser.key_id
    topic = topic_for(message.kind, recipient)
    ttl = int((message.expires_at - at).total_seconds())
    urgency = KINDS[message.kind].urgency
    smallest = smallest_payload_of(message, recipient=recipient)
    office = office.knowing(key_id)

    def posting(payload: bytes) -> Posting:
        return office.posting(url, keys, key_id, payload, ttl=ttl, urgency=urgency, topic=topic)

    try:
        url, keys = browser.address()
        first = posting(payload_of(message, title=title, recipient=recipient, badge=badge))
    except (UnsafeEndpoint, PayloadTooLarge):
        return Instead(row.id, "refused")
    except (KeyError, ValueError):  # a push key or a sealing key that is gone
        return Instead(row.id, "lost_key")
    return Errand(row.id, first, lambda: posting(smallest))
