"""GET /sync/feed: what changed for one reader since a revision, each entity once, as that reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.feed import FeedCounter, FeedRow
from webapp.people import Person, the_organisation
from webapp.sync.ops import Seen
from webapp.sync.table import MIRRORS
from webapp.sync.wire import MOST_ITEMS, FeedAnswer, FeedItem
from webapp.web import Problem

NO_EPOCH = UUID(int=0)


def current_epoch() -> UUID:
    """Changes when a backup is restored."""
    organisation = the_organisation()
    return organisation.epoch if organisation else NO_EPOCH


def pull(reader: Person, since: int, epoch: UUID | None) -> FeedAnswer:
    """At most 200 items. Raises `Problem` 410 when the phone's mirror cannot be continued from `since`.

    The revision answered is the last row's own, not the counter's: what is committed meanwhile comes next time.
    """
    present = current_epoch()
    if since and (epoch != present or since > _newest(reader)):
        raise Problem(410, "rebuild")
    rows = db.session.scalars(
        select(FeedRow)
        .where(FeedRow.person_id == reader.id, FeedRow.rev > since)
        .order_by(FeedRow.rev)
        .limit(MOST_ITEMS + 1)
    ).all()
    page = rows[:MOST_ITEMS]
    return FeedAnswer(
        person=reader.id,
        epoch=present,
        rev=page[-1].rev if page else since,
        more=len(rows) > MOST_ITEMS,
        items=_items(reader, page),
    )


def _newest(reader: Person) -> int:
    return db.session.scalar(select(FeedCounter.rev).where(FeedCounter.person_id == reader.id)) or 0


def _items(reader: Person, rows: Sequence[FeedRow]) -> list[FeedItem]:
    seen = {kind: _seen(reader, kind, rows) for kind in {row.kind for row in rows}}
    return [_item(row, seen[row.kind].get(row.entity_id)) for row in rows]


def _seen(reader: Person, kind: str, rows: Sequence[FeedRow]) -> Seen:
    ids = [row.entity_id for row in rows if row.kind == kind and not row.gone]
    found = MIRRORS[kind](reader, ids) if ids and kind in MIRRORS else {}
    return _with_theirs(reader, found) if kind == "held" else found


def _with_theirs(reader: Person, held: Seen) -> Seen:
    """Beside a version that lost a conflict, the one that stands."""
    for _, data in held.values():
        kind = str(data["kind"])
        if data["reason"] == "conflict" and kind in MIRRORS:
            entity = UUID(str(data["entity"]))
            standing = MIRRORS[kind](reader, [entity]).get(entity)
            data["theirs"] = standing[1] if standing else None
            data["head"] = str(standing[0]) if standing else None
    return held


def _item(row: FeedRow, seen: tuple[UUID | None, dict[str, object]] | None) -> FeedItem:
    if row.gone or seen is None:
        return FeedItem(rev=row.rev, kind=row.kind, id=row.entity_id, gone=True, head=None, data=None)
    head, data = seen
    return FeedItem(rev=row.rev, kind=row.kind, id=row.entity_id, gone=False, head=head, data=data)
