"""Touching the feed, and numbering what was touched once, last, in a fixed order.

Counters are bumped at the end of the transaction in the order of the readers' ids: bumped one by one as things
happen, two transactions deadlock on PostgreSQL.
"""

from __future__ import annotations

from uuid import UUID

from webapp.database import db, insert_rows, inserting
from webapp.feed.models import FeedCounter, FeedRow

Touch = tuple[UUID, str, UUID]


def touch(person_id: UUID, kind: str, entity_id: UUID, gone: bool = False) -> None:
    """Say that an entity changed for a reader. Inside a write transaction only; the last word on an entity wins."""
    touches: dict[Touch, bool] = db.session.info.setdefault("touches", {})
    touches[(person_id, kind, entity_id)] = gone


def number_touches() -> dict[UUID, int]:
    """Give every touched row its revision; returns each reader's newest. Called once, just before the commit."""
    touches: dict[Touch, bool] = db.session.info.pop("touches", {})
    if not touches:
        return {}
    db.session.flush()
    by_reader: dict[UUID, list[tuple[str, UUID, bool]]] = {}
    for (person_id, kind, entity_id), gone in touches.items():
        by_reader.setdefault(person_id, []).append((kind, entity_id, gone))
    newest = {person_id: _bump(person_id, len(by_reader[person_id])) for person_id in sorted(by_reader)}
    rows = []
    for person_id, changes in by_reader.items():
        first = newest[person_id] - len(changes) + 1
        for offset, (kind, entity_id, gone) in enumerate(changes):
            rows.append(
                {"person_id": person_id, "kind": kind, "entity_id": entity_id, "gone": gone, "rev": first + offset}
            )
    found_by = ("person_id", "kind", "entity_id")
    insert_rows(db.session.connection(), FeedRow, rows, found_by=found_by, replacing=("rev", "gone"))
    return newest


def _bump(person_id: UUID, by: int) -> int:
    statement = (
        inserting(FeedCounter, person_id=person_id, rev=by)
        .on_conflict_do_update(index_elements=["person_id"], set_={"rev": FeedCounter.rev + by})
        .returning(FeedCounter.rev)
    )
    return int(db.session.execute(statement).scalar_one())
