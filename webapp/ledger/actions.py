"""Looking up, remembering, and the way a plain form's post passes through the same memory."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.clock import now
from webapp.database import db, uuid7
from webapp.ledger.models import LedgerRow
from webapp.ledger.written import Written
from webapp.sealing import current_keys


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


def fingerprint(kind: str, action: str, entity: UUID, fields: Mapping[str, Any], key_id: str = "") -> tuple[str, bytes]:
    """The key id and the keyed fingerprint of what an op says. `fields` must be JSON values."""
    keys = current_keys()
    newest, key = keys.newest_secret("sync")
    if key_id:
        newest, key = key_id, keys.secrets["sync"][key_id]
    said = json.dumps([kind, action, str(entity), fields], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return newest, hmac.new(key, said.encode(), hashlib.sha256).digest()


def look_up(person_id: UUID, op_ids: Iterable[UUID]) -> dict[UUID, LedgerRow]:
    """The ledger's rows for these ops of this person."""
    rows = db.session.scalars(
        select(LedgerRow).where(LedgerRow.person_id == person_id, LedgerRow.op_id.in_(list(op_ids)))
    )
    return {row.op_id: row for row in rows}


def remember(
    person_id: UUID,
    op_id: UUID,
    kind: str,
    action: str,
    entity: UUID,
    status: str,
    fields: Mapping[str, Any],
    reason: str | None = None,
) -> LedgerRow:
    """Add an op to the ledger, in the transaction that does what it says."""
    key_id, print_ = fingerprint(kind, action, entity, fields)
    row = LedgerRow(
        person_id=person_id,
        op_id=op_id,
        kind=kind,
        action=action,
        entity_id=entity,
        status=status,
        reason=reason,
        key_id=key_id,
        fingerprint=print_,
        received_at=now(),
    )
    db.session.add(row)
    return row


def form_write(
    person_id: UUID, zone: str, hidden: FormFields, kind: str, action: str, fields: Mapping[str, Any]
) -> Written | None:
    """Pass a form's post through the ledger: its `Written`, or None when this very post was done before.

    Call it inside `writing()`, then the room's action; both are committed together.
    """
    if hidden.op_id in look_up(person_id, [hidden.op_id]):
        return None
    remember(person_id, hidden.op_id, kind, action, hidden.entity, "applied", fields)
    return Written(entity=hidden.entity, op=hidden.op_id, at=now(), zone=zone, parent=hidden.parent)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
