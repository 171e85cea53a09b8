"""Looking up, remembering, and the way a plain form's post passes through the same memory."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from webapp.clock import now
from webapp.database import db, insert_later, uuid7
from webapp.ledger.models import LedgerRow
from webapp.ledger.written import Written
from webapp.sealing import current_keys, find_secret


@dataclass(frozen=True, slots=True)
class FormFields:
    """The three hidden fields of every form that a phone could also have sent as an op."""

    op_id: UUID
    entity: UUID
    parent: UUID | None

    @classmethod
    def fresh(cls, entity: UUID | None = None, parent: UUID | None = None) -> FormFields:
        """For a form that is shown for the first time."""
        return cls(op_id=uuid7(), entity=entity or uuid7(), parent=parent)

    @classmethod
    def posted(cls, form: Mapping[str, str]) -> FormFields:
        """As they came back; what is missing or broken is made anew, so that nothing typed is turned away."""
        return cls(
            op_id=_uuid(form.get("op_id")) or uuid7(),
            entity=_uuid(form.get("entity")) or uuid7(),
            parent=_uuid(form.get("parent")),
        )


@dataclass(frozen=True, slots=True)
class Remembered:
    """What became of an op, and the keyed fingerprint of what it said."""

    status: str
    reason: str | None
    key_id: str
    fingerprint: bytes


def look_up(person_id: UUID, op_ids: Collection[UUID]) -> dict[UUID, Remembered]:
    """What the ledger remembers of these ops of this person."""
    row = LedgerRow
    found = db.session.execute(
        select(row.op_id, row.status, row.reason, row.key_id, row.fingerprint).where(
            row.person_id == person_id, row.op_id.in_(list(op_ids))
        )
    )
    return {op_id: Remembered(status, reason, key_id, print_) for op_id, status, reason, key_id, print_ in found}


def remember(
    person_id: UUID,
    op_id: UUID,
    kind: str,
    action: str,
    entity: UUID,
    status: str,
    said: bytes,
    reason: str | None = None,
) -> Remembered:
    """Add an op to the ledger, in the transaction that does what it says. `said` is everything it says, as bytes."""
    remembered = Remembered(status, reason, current_keys().newest_secret("sync")[0], fingerprint_of(said))
    insert_later(
        LedgerRow,
        person_id=person_id,
        op_id=op_id,
        kind=kind,
        action=action,
        entity_id=entity,
        status=status,
        reason=reason,
        key_id=remembered.key_id,
        fingerprint=remembered.fingerprint,
        received_at=now(),
    )
    return remembered


def forget(person_id: UUID, op_id: UUID) -> None:
    """An op that its author refused is to be done after all: the ledger does not know it any more."""
    db.session.execute(delete(LedgerRow).where(LedgerRow.person_id == person_id, LedgerRow.op_id == op_id))


def fingerprint_of(said: bytes, key_id: str | None = None) -> bytes:
    """The keyed fingerprint of what an op says, under the newest sync key or the one named (`KeyError` when gone)."""
    key = find_secret("sync", key_id) if key_id else current_keys().newest_secret("sync")[1]
    if key is None:
        raise KeyError(key_id)
    return hmac.digest(key, said, hashlib.sha256)


def says_the_same(row: Remembered, said: bytes) -> bool:
    """Whether the op in the ledger said these very words. When its key is gone nobody knows, and both are kept."""
    try:
        return hmac.compare_digest(row.fingerprint, fingerprint_of(said, row.key_id))
    except KeyError:
        return False


def form_write(
    person_id: UUID, zone: str, hidden: FormFields, kind: str, action: str, fields: Mapping[str, Any]
) -> Written | None:
    """Pass a form's post through the ledger: its `Written`, or None when this very post was done before.

    Call it inside `writing()`, then the room's action; both are committed together. A form that was sent, opened again
    with Back, changed and sent once more brings its old id with other words: they follow the first ones, as a further
    change where the form changes something, as a second entity where it makes one.
    """
    said = _said_by_a_form(kind, action, hidden.entity, fields)
    before = look_up(person_id, [hidden.op_id, _after(hidden.op_id, said)])
    first = before.get(hidden.op_id)
    if first is None:
        written = Written(entity=hidden.entity, op=hidden.op_id, at=now(), zone=zone, parent=hidden.parent)
    elif len(before) > 1 or says_the_same(first, said):
        return None
    else:
        entity = hidden.entity if hidden.parent else uuid7()
        parent = hidden.op_id if hidden.parent else None
        written = Written(entity=entity, op=_after(hidden.op_id, said), at=now(), zone=zone, parent=parent)
    remember(person_id, written.op, kind, action, written.entity, "applied", said)
    return written


def _said_by_a_form(kind: str, action: str, entity: UUID, fields: Mapping[str, Any]) -> bytes:
    said = [kind, action, str(entity), fields]
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def _after(op_id: UUID, said: bytes) -> UUID:
    """The id of other words that came under a used id: always the same for the same words."""
    return UUID(bytes=hashlib.sha256(op_id.bytes + said).digest()[:16], version=5)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
