"""The addresses of the sync protocol. They speak JSON only, are kept nowhere and never redirect."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from pydantic import BaseModel

from webapp import push
from webapp.clock import now
from webapp.database import writing
from webapp.people import (
    SignIn,
    TooManyTries,
    count_towards,
    current_person,
    current_sign_in,
    slow_down_by_json,
)
from webapp.sealing import current_keys, public_sealing_key, to_base64url, writer_secret
from webapp.sync import drop_box
from webapp.sync.deliveries import deliver, read_delivery
from webapp.sync.pulls import current_epoch, pull
from webapp.sync.views.room import room
from webapp.sync.wire import (
    MOST_BYTES,
    Delivery,
    DeliveryAnswer,
    DropAnswer,
    PublicKey,
    Received,
    SessionAnswer,
)
from webapp.web import Problem

DROPS = 20  # deliveries for others, for each person in a quarter of an hour


@room.get("/sync/session")
def session() -> Response:
    """Who is signed in here, and what their phone needs to seal."""
    sign_in = current_sign_in()
    if sign_in is None:
        raise Problem(401, "signed_out")
    return _json(_session_of(sign_in))


@room.post("/sync")
def post() -> Response:
    """Take a delivery of sealed ops; answer what became of each."""
    delivery = _delivery()
    person, epoch = current_person(), current_epoch()
    person_id = person.id
    results = deliver(person, delivery)
    return _json(DeliveryAnswer(person=person_id, epoch=epoch, server_time=now(), results=results))


@room.post("/sync/drop")
def drop() -> Response:
    """Take sealed ops of whomever, unread; answer that they are here and nothing else."""
    delivery = _delivery()
    bringer = current_person()
    try:
        with writing():
            count_towards("drop", bringer.id, DROPS)
            drop_box.take_in(bringer, delivery)
    except TooManyTries as tries:
        return slow_down_by_json(tries)
    results = [Received(op_id=envelope.op_id) for envelope in delivery.ops]
    return _json(DropAnswer(server_time=now(), results=results))


@room.get("/sync/feed")
def feed() -> Response:
    """What changed for this reader since a revision."""
    since = request.args.get("since", "0")
    if not since.isascii() or not since.isdigit() or len(since) > 18:
        raise Problem(400, "not_this_shape", errors=[{"field": "since", "message": "not_a_revision"}])
    return _json(pull(current_person(), int(since), _uuid(request.args.get("epoch"))))


def _delivery() -> Delivery:
    if request.mimetype != "application/json":
        raise Problem(415, "not_json")
    if (request.content_length or 0) > MOST_BYTES:
        raise Problem(413, "too_big")
    return read_delivery(request.get_data(cache=False))


def _session_of(sign_in: SignIn) -> SessionAnswer:
    person, device = sign_in.person, sign_in.device
    sync_key, _ = current_keys().newest_secret("sync")
    secret = writer_secret(sync_key, person.id, device.id, sign_in.id)
    if secret is None:
        raise Problem(500, "our_fault")
    sealing_key_id, point = public_sealing_key()
    push_key = push.public_key()
    return SessionAnswer(
        person=person.id,
        name=person.name,
        device=device.id,
        owner_tag=device.owner_tag,
        sign_in=sign_in.id,
        kind="shared" if sign_in.shared else "own",
        writer_secret=to_base64url(secret),
        sync_key=sync_key,
        sealing_key=PublicKey(key_id=sealing_key_id, public_key=to_base64url(point)),
        push_key=PublicKey(**push_key) if push_key else None,
        epoch=current_epoch(),
        server_time=now(),
        lang=person.lang,
        zone=person.zone,
        site=person.unit.site.name if person.unit else "",
        expires_at=sign_in.expires_at,
    )


def _json(answer: BaseModel) -> Response:
    return Response(answer.model_dump_json(), mimetype="application/json", headers={"Cache-Control": "no-store"})


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
