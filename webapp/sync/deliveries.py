"""POST /sync from end to end: read the person, open the envelopes, take a turn, write once."""

from __future__ import annotations

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError

from webapp import feed
from webapp.clock import now
from webapp.database import Busy, db, writing
from webapp.people import Person
from webapp.sync import dropped
from webapp.sync.batch import Batch
from webapp.sync.opening import open_envelope
from webapp.sync.ops import Opened, Sent, Unopened
from webapp.sync.wire import MOST_BYTES, PROTO, Delivery, Result
from webapp.web import Problem

TRIES = 3


def read_delivery(content: bytes) -> Delivery:
    """The request's JSON. Raises `Problem` when it is not one, is too big, or speaks another protocol."""
    if len(content) > MOST_BYTES:
        raise Problem(413, "too_big")
    try:
        delivery = Delivery.model_validate_json(content)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        if any(each["type"] == "too_long" and each["loc"] == ("ops",) for each in details):
            raise Problem(413, "too_many_ops") from None
        wrong = [{"field": ".".join(map(str, each["loc"])), "message": each["type"]} for each in details[:20]]
        raise Problem(400, "not_this_shape", errors=wrong) from None
    if delivery.proto != PROTO:
        raise Problem(426, "other_protocol")
    return delivery


def deliver(person: Person, delivery: Delivery) -> list[Result]:
    """Settle every op; the results stand in the order of the request. Raises `Busy`."""
    sent = Sent(person.id, person.zone, delivery.sent_at, now(), delivery.clock_changed)
    db.session.rollback()  # nobody's transaction stays open while envelopes are opened
    ops = [open_envelope(envelope, sent) for envelope in delivery.ops]
    for tries_left in reversed(range(TRIES)):
        try:
            return _write(sent, ops)
        except (OperationalError, IntegrityError):  # two deliveries in each other's way on PostgreSQL
            if not tries_left:
                raise Busy from None
    return []


def _write(sent: Sent, ops: list[Opened | Unopened]) -> list[Result]:
    with writing():
        author = db.session.get_one(Person, sent.person_id)
        results = Batch(author, ops, sent.received_at).settle()
        dropped.forget_arrived(author, ops, results)
        rev = feed.number_touches().get(sent.person_id)
    return [result.model_copy(update={"rev": rev}) for result in results]
