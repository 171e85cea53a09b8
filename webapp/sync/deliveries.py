"""POST /sync from end to end: read the person, open the envelopes, take a turn, write."""

from __future__ import annotations

from operator import itemgetter

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError

from webapp import feed
from webapp.clock import now
from webapp.database import Busy, db, short_one_waits, writing
from webapp.people import Person
from webapp.sync import dropped
from webapp.sync.ahead import author_of
from webapp.sync.batch import Batch
from webapp.sync.opening import open_envelope
from webapp.sync.ops import Opened, Sent, Unopened
from webapp.sync.wire import MOST_BYTES, PROTO, Delivery, Result
from webapp.web import Problem

TRIES = 3
FEW = 5  # ops that take hardly longer than a form


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
    """Settle every op; the results stand in the order of the request. Raises `Busy`.

    Each op is done whole or not at all. When a short write waits, the rest goes on in a transaction of its own; if
    that one finds no turn, the phone sends all once more and the ledger knows what was done.
    """
    sent = Sent(person.id, person.zone, delivery.sent_at, now(), delivery.clock_changed)
    db.session.rollback()  # nobody's transaction stays open while envelopes are opened
    ops = [open_envelope(envelope, sent) for envelope in delivery.ops]
    turns = sorted(range(len(ops)), key=lambda at: ops[at].seq)
    results: list[Result] = []
    while len(results) < len(ops):
        results += _write_or_try_again(sent, [ops[at] for at in turns[len(results) :]])
    return [result for _, result in sorted(zip(turns, results, strict=True), key=itemgetter(0))]


def _write_or_try_again(sent: Sent, ops: list[Opened | Unopened]) -> list[Result]:
    for tries_left in reversed(range(TRIES)):
        try:
            return _write(sent, ops)
        except (OperationalError, IntegrityError):  # two deliveries in each other's way on PostgreSQL
            if not tries_left:
                raise Busy from None
    return []


def _write(sent: Sent, ops: list[Opened | Unopened]) -> list[Result]:
    """What became of the first ops by the phone's numbers, of all unless somebody waits."""
    with writing(is_long=len(ops) > FEW):
        author = author_of(sent.person_id)
        results = Batch(author, ops, sent.received_at, short_one_waits).settle()
        dropped.forget_arrived(author, ops[: len(results)], results)
        rev = feed.number_touches().get(sent.person_id)
    return [result.model_copy(update={"rev": rev}) for result in results]
