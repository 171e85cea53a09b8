"""What the phone may keep of work that waits for its author's word."""

from __future__ import annotations

import json
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.people import Device, Person
from webapp.sync.models import DroppedOp
from webapp.sync.ops import Seen
from webapp.sync.wire import moment


def dropped_as_seen_by(reader: Person, ids: Collection[UUID]) -> Seen:
    """The reader's own; that a draft was thrown away is nothing to show."""
    rows = db.session.scalars(
        select(DroppedOp).where(
            DroppedOp.person_id == reader.id, DroppedOp.id.in_(list(ids)), DroppedOp.refused_at.is_(None)
        )
    )
    shown = ((row, json.loads(row.content)) for row in rows)
    return {row.id: (row.op_id, _data(row, said)) for row, said in shown if said.get("action") != "drop"}


def _data(row: DroppedOp, said: dict[str, object]) -> dict[str, object]:
    device = db.session.get(Device, row.device_id)
    return {
        "op": str(row.op_id),
        "kind": said.get("kind"),
        "action": said.get("action"),
        "entity": str(row.entity_id),
        "fields": said.get("fields"),
        "device": device.name if device else None,
        "written_at": moment(row.written_at),
        "received_at": moment(row.received_at),
    }
