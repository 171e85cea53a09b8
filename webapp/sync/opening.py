"""Opening envelopes, before any transaction: who wrote, what it says, when, and what is already known to be wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, from_json

from webapp.sealing import CannotOpen, Header, open_op, same_secret, writer_secret
from webapp.sync.ops import Op, Opened, Sent, Unopened
from webapp.sync.table import OPS
from webapp.sync.times import days_off, is_day_uncertain, move_days, when_written, zone_or
from webapp.sync.wire import Body, FieldError, SealedOp

NOBODY = UUID(int=0)
TOO_LONG = frozenset({"string_too_long", "too_long"})


def open_envelope(envelope: SealedOp, sent: Sent) -> Opened | Unopened:
    """Open one envelope and read it. Never raises for what a phone, or somebody at a phone, put into it."""
    header = Header(envelope.op_id, envelope.key_id, envelope.device_id, envelope.owner_tag, envelope.seq)
    try:
        secret, content = open_op(header, envelope.sealed)
        body = Body.model_validate_json(content)
    except CannotOpen:
        return Unopened(envelope, "unreadable")
    except ValidationError:
        return _half_read(envelope, secret, content, sent)
    if body.person != sent.person_id:
        return Unopened(envelope, "foreign_owner")
    if not _is_proven(secret, body.sync_key, body.person, body.device, body.sign_in):
        return Unopened(envelope, "forged")
    return _read(envelope, body, content, sent)


def _read(envelope: SealedOp, body: Body, content: bytes, sent: Sent) -> Opened:
    zone = zone_or(body.zone, sent.zone)
    at = when_written(body.written_at, sent.sent_at, sent.received_at)
    uncertain = is_day_uncertain(body.written_at, at, sent.sent_at, sent.received_at, zone)
    op = OPS.get((body.kind, body.action))
    fields, wrong, errors = _fields_of(op, body)
    if str(body.op_id) != envelope.op_id or body.seq != envelope.seq or str(body.device) != envelope.device_id:
        wrong = "invalid"  # one envelope, one op: its outside and its inside must name the same
    elif fields is not None:
        fields = move_days(fields, days_off(body.written_at, at, sent.sent_at, sent.received_at, zone))
    return Opened(
        op_id=UUID(envelope.op_id),
        seq=envelope.seq,
        kind=body.kind,
        action=body.action,
        entity=body.entity,
        parent=body.parent,
        at=at,
        zone=zone,
        day_uncertain=body.clock_changed or sent.clock_changed or uncertain,
        said=body.fields,
        content=content,
        op=op,
        fields=fields,
        wrong=wrong,
        errors=errors,
    )


def _fields_of(op: Op | None, body: Body) -> tuple[BaseModel | None, str | None, list[FieldError]]:
    if op is None:
        return None, "unknown_kind", []
    try:
        return op.fields.model_validate(without_nulls(body.fields)), None, []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        only_too_long = all(each["type"] in TOO_LONG for each in details)
        return None, "too_long" if only_too_long else "invalid", [_field_error(each) for each in details[:20]]


def _half_read(envelope: SealedOp, secret: bytes, content: bytes, sent: Sent) -> Opened | Unopened:
    """A body of a shape we do not know: held under its author where the proof still holds."""
    try:
        said = from_json(content, allow_inf_nan=False)
        proof = [UUID(said[name]) for name in ("person", "device", "sign_in")]
        sync_key = str(said["sync_key"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return Unopened(envelope, "unreadable")
    if proof[0] != sent.person_id:
        return Unopened(envelope, "foreign_owner")
    if not _is_proven(secret, sync_key, *proof):
        return Unopened(envelope, "forged")
    return Opened(
        op_id=UUID(envelope.op_id),
        seq=envelope.seq,
        kind=without_nulls(str(said.get("kind")))[:20],
        action=without_nulls(str(said.get("action")))[:20],
        entity=NOBODY,
        parent=None,
        at=sent.received_at,
        zone=sent.zone,
        day_uncertain=True,
        said=said,
        content=content,
        wrong="invalid",
    )


def without_nulls(value: Any) -> Any:
    """The same JSON without null characters, which PostgreSQL keeps in no text."""
    if isinstance(value, str):
        return value.replace("\x00", "") if "\x00" in value else value
    if isinstance(value, dict):
        return {without_nulls(key): without_nulls(inner) for key, inner in value.items()}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def _is_proven(secret: bytes, sync_key: str, person: UUID, device: UUID, sign_in: UUID) -> bool:
    expected = writer_secret(sync_key, person, device, sign_in)
    return expected is not None and same_secret(secret, expected)


def _field_error(details: ErrorDetails) -> FieldError:
    return FieldError(field=".".join(str(step) for step in details["loc"]), message=details["type"])
