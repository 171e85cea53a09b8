"""What the server keeps for its author instead of doing it, and what it keeps for nobody to see."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from webapp import audit, feed
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.ledger import Refused, Written, fingerprint_of
from webapp.people import Person
from webapp.sync.models import HeldOp, QuarantinedOp
from webapp.sync.ops import Opened
from webapp.sync.wire import SealedOp, moment


class DiscardFields(BaseModel):
    """Of `held.discard`: none."""

    model_config = ConfigDict(extra="ignore")


def hold(author: Person, op: Opened, reason: str) -> None:
    """Keep an opened op under its author, who sees it and decides."""
    held = HeldOp(
        id=uuid7(),
        person_id=author.id,
        op_id=op.op_id,
        kind=op.kind,
        action=op.action,
        entity_id=op.entity,
        parent=op.parent,
        reason=reason,
        fingerprint=fingerprint_of(op.content),
        written_at=op.at,
        received_at=now(),
    )
    held.keep(op.said)
    db.session.add(held)
    feed.touch(author.id, "held", held.id)
    audit.record(author.id, "sync.held", "op", op.op_id, kind=op.kind, action=op.action, reason=reason)


def is_held(author: Person, op: Opened) -> bool:
    """Whether these very words under this id are held already, discarded ones included."""
    with db.session.no_autoflush:
        found = db.session.scalar(
            select(HeldOp.id).where(
                HeldOp.person_id == author.id,
                HeldOp.op_id == op.op_id,
                HeldOp.fingerprint == fingerprint_of(op.content),
            )
        )
    return found is not None


def quarantine(author: Person, envelope: SealedOp, reason: str, at: datetime) -> None:
    """Keep an envelope as it came. It takes no place in the ledger: the true op of that id may still come."""
    kept = envelope.model_dump_json()
    digest = hashlib.sha256(kept.encode()).digest()
    if db.session.get(QuarantinedOp, (author.id, digest)) is None:
        row = QuarantinedOp(
            person_id=author.id,
            digest=digest,
            op_id=UUID(envelope.op_id),
            reason=reason,
            envelope=kept,
            received_at=at,
        )
        db.session.add(row)
        db.session.flush()
        audit.record(author.id, "sync.quarantined", "op", row.op_id, reason=reason)


def held_of(author: Person) -> Sequence[HeldOp]:
    """What waits for the author's decision, newest first."""
    return db.session.scalars(
        select(HeldOp)
        .where(HeldOp.person_id == author.id, HeldOp.discarded_at.is_(None))
        .order_by(HeldOp.received_at.desc(), HeldOp.id.desc())
    ).all()


def held_or_404(author: Person, held_id: UUID, settled: bool = False) -> HeldOp:
    """One of the author's own; `settled`: also when they have decided on it before."""
    held = db.session.get(HeldOp, held_id)
    if held is None or held.person_id != author.id or (held.discarded_at is not None and not settled):
        abort(404)
    return held


def discard(author: Person, written: Written, _fields: DiscardFields) -> None:
    """The op `held.discard`: its author has decided, `entity` names the held item."""
    if not discard_held(author, written.entity):
        raise Refused("not_found")


def discard_held(author: Person, held_id: UUID) -> bool:
    """Let go of one held item, inside a write transaction. False when it is not the author's."""
    held = db.session.get(HeldOp, held_id)
    if held is None or held.person_id != author.id:
        return False
    if held.discarded_at is None:
        held.discard(now())
        feed.touch(author.id, "held", held.id, gone=True)
        audit.record(author.id, "sync.discarded", "op", held.op_id)
    return True


def as_seen_by(reader: Person, ids: Collection[UUID]) -> dict[UUID, tuple[UUID | None, dict[str, object]]]:
    """The reader's own held items; for a conflict, `theirs` is added by the caller, who knows every kind."""
    found = db.session.scalars(
        select(HeldOp).where(HeldOp.person_id == reader.id, HeldOp.id.in_(list(ids)), HeldOp.discarded_at.is_(None))
    )
    return {held.id: (held.op_id, _data(held)) for held in found}


def _data(held: HeldOp) -> dict[str, object]:
    return {
        "op": str(held.op_id),
        "kind": held.kind,
        "action": held.action,
        "entity": str(held.entity_id),
        "parent": str(held.parent) if held.parent else None,
        "reason": held.reason,
        "fields": held.fields,
        "theirs": None,
        "written_at": moment(held.written_at),
        "received_at": moment(held.received_at),
    }
