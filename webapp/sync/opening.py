"""Opening envelopes, before any transaction: who wrote, what it says, when, and what is already known to be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Unsealed:
    """An envelope that opened: who it says wrote it, and all it says. `body` is None for a shape we do not know."""

    header: Header
    person: UUID
    device: UUID
    sign_in: UUID
    sync_key: str
    secret: bytes
    content: bytes
    body: Body | None

    def is_proven(self) -> bool:
        """Whether the writer's secret is that person's, of that device and sign-in."""
        expected = writer_secret(self.sync_key, self.person, self.device, self.sign_in)
        return expected is not None and same_secret(self.secret, expected)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When an op was written (server time), where, and by how many days the dates in it have to move."""

    at: datetime
    zone: str
    days: int = 0
    day_uncertain: bool = False


def open_envelope(envelope: SealedOp, sent: Sent) -> Opened | Unopened:
    """Open one envelope and read it. Never raises for what a phone, or somebody at a phone, put into it."""
    unsealed = unseal(envelope)
    if unsealed is None:
        return Unopened(envelope, "unreadable")
    if unsealed.person != sent.person_id:
        return Unopened(envelope, "foreign_owner")
    if not unsealed.is_proven():
        return Unopened(envelope, "forged")
    return read_op(unsealed.header, unsealed.content, unsealed.body, _circumstances(unsealed.body, sent))


def unseal(envelope: SealedOp) -> Unsealed | None:
    """Open one envelope, whoever it belongs to; None when it cannot be opened or names nobody."""
    header = Header(envelope.op_id, envelope.key_id, envelope.device_id, envelope.owner_tag, envelope.seq)
    try:
        secret, content = open_op(header, envelope.sealed)
        body = Body.model_validate_json(content)
    except CannotOpen:
        return None
    except ValidationError:
        return _of_unknown_shape(header, secret, content)
    return Unsealed(header, body.person, body.device, body.sign_in, body.sync_key, secret, content, body)


def read_op(header: Header, content: bytes, body: Body | None, when: Circumstances) -> Opened:
    """What a proven op says. A body of a shape we do not know is read as far as that goes, to be held."""
    if body is None:
        return _half_read(header, content, when)
    zone = zone_or(body.zone, when.zone)
    op = OPS.get((body.kind, body.action))
    fields, wrong, errors = _fields_of(op, body)
    if str(body.op_id) != header.op_id or body.seq != header.seq or str(body.device) != header.device_id:
        wrong = "invalid"  # one envelope, one op: its outside and its inside must name the same
    elif fields is not None:
        fields = move_days(fields, when.days)
    return Opened(
        op_id=UUID(header.op_id),
        seq=header.seq,
        kind=body.kind,
        action=body.action,
        entity=body.entity,
        parent=body.parent,
        at=when.at,
        zone=zone,
        day_uncertain=when.day_uncertain,
        said=body.fields,
        content=content,
        op=op,
        fields=fields,
        wrong=wrong,
        errors=errors,
    )


def body_of(content: bytes) -> Body | None:
    """The body of a proven op again; None for a shape we do not know."""
    try:
        return Body.model_validate_json(content)
    except ValidationError:
        return None


def _circumstances(body: Body | None, sent: Sent) -> Circumstances:
    if body is None:
        return Circumstances(sent.received_at, sent.zone, day_uncertain=True)
    zone = zone_or(body.zone, sent.zone)
    at = when_written(body.written_at, sent.sent_at, sent.received_at)
    days = days_off(body.written_at, at, sent.sent_at, sent.received_at, zone)
    uncertain = is_day_uncertain(body.written_at, at, sent.sent_at, sent.received_at, zone)
    return Circumstances(at, sent.zone, days, body.clock_changed or sent.clock_changed or uncertain)


def _fields_of(op: Op | None, body: Body) -> tuple[BaseModel | None, str | None, list[FieldError]]:
    if op is None:
        return None, "unknown_kind", []
    try:
        return op.fields.model_validate(without_nulls(body.fields)), None, []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        only_too_long = all(each["type"] in TOO_LONG for each in details)
        return None, "too_long" if only_too_long else "invalid", [_field_error(each) for each in details[:20]]


def _of_unknown_shape(header: Header, secret: bytes, content: bytes) -> Unsealed | None:
    """The proof may hold although the rest has a shape we do not know."""
    try:
        said = from_json(content, allow_inf_nan=False)
        person, device, sign_in = (UUID(said[name]) for name in ("person", "device", "sign_in"))
        sync_key = str(said["sync_key"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return Unsealed(header, person, device, sign_in, sync_key, secret, content, None)


def _half_read(header: Header, content: bytes, when: Circumstances) -> Opened:
    said = from_json(content, allow_inf_nan=False)
    return Opened(
        op_id=UUID(header.op_id),
        seq=header.seq,
        kind=without_nulls(str(said.get("kind")))[:20],
        action=without_nulls(str(said.get("action")))[:20],
        entity=NOBODY,
        parent=None,
        at=when.at,
        zone=when.zone,
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


def _field_error(details: ErrorDetails) -> FieldError:
    return FieldError(field=".".join(str(step) for step in details["loc"]), message=details["type"])
