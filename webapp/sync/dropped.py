"""Work that somebody else brought in, with its author proven: the author's alone, and done only when they say yes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from webapp import audit, feed, ledger
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Device, Person
from webapp.sealing import Header
from webapp.sync.batch import Batch
from webapp.sync.models import DroppedEnvelope, DroppedOp
from webapp.sync.opening import NOBODY, Circumstances, Unsealed, body_of, read_op
from webapp.sync.ops import Opened, Unopened
from webapp.sync.said import Said, said_in
from webapp.sync.times import CLOCK_IS_RIGHT_WITHIN, EARLIEST
from webapp.sync.wire import Result

REFUSED_FOR = timedelta(days=30)
REFUSED_IN_THE_LEDGER = "deleted"  # a word that every phone knows: hers, and in her trash


@dataclass(frozen=True, slots=True)
class Dropped:
    """One thing to decide on: everything that was done to one entity on one device. `ops` in the order of writing."""

    rows: Sequence[DroppedOp]
    ops: Sequence[Opened]
    device: Device | None

    @property
    def last(self) -> Opened:
        return self.ops[-1]

    @property
    def said(self) -> list[Said]:
        return [said_in(op.kind, op.action, op.said) for op in self.ops]

    @property
    def gone_on(self) -> datetime:
        """When the words of what was refused are let go."""
        return (self.rows[0].refused_at or now()) + REFUSED_FOR


def keep_for_author(unsealed: Unsealed, brought: DroppedEnvelope) -> bool:
    """Keep a proven op until its author decides, inside a write transaction. False when there is no such person.

    What the author's ledger or a waiting copy knows already is not kept twice.
    """
    author = db.session.get(Person, unsealed.person)
    if author is None:
        return False
    op_id = UUID(unsealed.header.op_id)
    known = ledger.look_up(author.id, [op_id]).get(op_id)
    if known is not None and ledger.says_the_same(known, unsealed.content):
        return True
    if any(copy.content == unsealed.content for copy in _copies(author, [op_id])):
        return True
    row = DroppedOp(
        id=uuid7(),
        person_id=author.id,
        op_id=op_id,
        seq=unsealed.header.seq,
        device_id=UUID(unsealed.header.device_id),
        entity_id=unsealed.body.entity if unsealed.body else NOBODY,
        written_at=_when_written(unsealed, brought.received_at),
        day_uncertain=_is_uncertain(unsealed, brought),
        received_at=brought.received_at,
    )
    row.keep(unsealed.content)
    db.session.add(row)
    db.session.flush()
    feed.touch(author.id, "dropped", row.id)
    audit.record(author.id, "sync.dropped", "op", op_id)
    return True


def waiting_for(author: Person) -> list[Dropped]:
    """What this person has to decide on, oldest first."""
    groups = _grouped(author, DroppedOp.refused_at.is_(None))
    return [group for group in groups if not group.last.is_wordless]


def refused_by(author: Person) -> list[Dropped]:
    """What this person said is not theirs, in the last 30 days, the latest first."""
    groups = _grouped(author, DroppedOp.refused_at > now() - REFUSED_FOR)
    return sorted(groups, key=lambda group: group.gone_on, reverse=True)


def is_settled(author: Person, ids: Collection[UUID]) -> bool:
    """Whether one of these was something of this person's on which they have decided before."""
    rows = (db.session.get(feed.FeedRow, (author.id, "dropped", id_)) for id_ in ids)
    return any(row is not None and row.gone for row in rows)


def confirm(author: Person, ids: Collection[UUID]) -> list[Result]:
    """Do what exactly these ops say, as when their own phone had sent them. Inside a write transaction.

    An op whose parent has not come yet answers `retry` and goes on waiting. Nothing of another person's is found.
    """
    rows = _chosen(author, ids)
    rows += _farewells(author, rows)
    _take_back_refusals(author, [row for row in rows if row.refused_at is not None])
    results = Batch(author, [_read(author, row) for row in rows], now()).settle()
    for row, result in zip(rows, results, strict=True):
        if result.status != "retry":
            _let_go(row)
        elif row.refused_at is not None:
            row.refused_at = None
            feed.touch(author.id, "dropped", row.id)
        audit.record(author.id, "sync.confirmed", "op", row.op_id, status=result.status)
    return results


def refuse(author: Person, ids: Collection[UUID]) -> int:
    """Not this person's: the ledger remembers, the words stay 30 days. How many. Inside a write transaction."""
    rows = [row for row in _chosen(author, ids) if row.refused_at is None]
    for row in rows:
        op = _read(author, row)
        row.refused_at = now()
        if not ledger.look_up(author.id, [row.op_id]):
            ledger.remember(author.id, row.op_id, op.kind, op.action, op.entity, REFUSED_IN_THE_LEDGER, op.content)
        feed.touch(author.id, "dropped", row.id, gone=True)
        audit.record(author.id, "sync.refused", "op", row.op_id)
    return len(rows)


def forget_arrived(author: Person, ops: Iterable[Opened | Unopened], results: Iterable[Result]) -> None:
    """The author's own phone brought them: what waited of the very same ops is settled. Inside a write transaction."""
    came = {
        op.op_id: op.content
        for op, result in zip(ops, results, strict=True)
        if isinstance(op, Opened) and result.status != "retry"
    }
    for copy in _copies(author, came) if came else ():
        if copy.refused_at is None and copy.content == came[copy.op_id]:
            _let_go(copy)


def forget_refused() -> None:
    """Let go of what was refused more than 30 days ago, inside a write transaction."""
    db.session.execute(delete(DroppedOp).where(DroppedOp.refused_at <= now() - REFUSED_FOR))


def _when_written(unsealed: Unsealed, received_at: datetime) -> datetime:
    """The time inside the seal: whoever brings an envelope cannot move it, however long they kept it."""
    if unsealed.body is None:
        return received_at
    return max(min(unsealed.body.written_at, received_at), EARLIEST)


def _is_uncertain(unsealed: Unsealed, brought: DroppedEnvelope) -> bool:
    body = unsealed.body
    if body is None or body.clock_changed or brought.clock_changed:
        return True
    is_off = abs(brought.received_at - brought.sent_at) > CLOCK_IS_RIGHT_WITHIN
    return is_off or body.written_at - brought.received_at > CLOCK_IS_RIGHT_WITHIN


def _copies(author: Person, op_ids: Collection[UUID]) -> Sequence[DroppedOp]:
    with db.session.no_autoflush:
        return db.session.scalars(
            select(DroppedOp).where(DroppedOp.person_id == author.id, DroppedOp.op_id.in_(list(op_ids)))
        ).all()


def _chosen(author: Person, ids: Collection[UUID]) -> list[DroppedOp]:
    """Locked, so that a second tap finds them settled."""
    mine = select(DroppedOp).where(DroppedOp.person_id == author.id, DroppedOp.id.in_(list(ids)))
    return list(db.session.scalars(mine.order_by(DroppedOp.seq, DroppedOp.id).with_for_update()))


def _grouped(author: Person, which: ColumnElement[bool]) -> list[Dropped]:
    rows = db.session.scalars(
        select(DroppedOp)
        .where(DroppedOp.person_id == author.id, which)
        .order_by(DroppedOp.written_at, DroppedOp.seq, DroppedOp.id)
    )
    together: dict[tuple[UUID, UUID], list[DroppedOp]] = {}
    for row in rows:
        what = row.id if row.entity_id == NOBODY else row.entity_id
        together.setdefault((row.device_id, what), []).append(row)
    return [_group(author, sorted(each, key=lambda row: row.seq)) for each in together.values()]


def _group(author: Person, rows: Sequence[DroppedOp]) -> Dropped:
    device = db.session.get(Device, rows[0].device_id)
    return Dropped(rows, [_read(author, row) for row in rows], device)


def _read(author: Person, row: DroppedOp) -> Opened:
    header = Header(str(row.op_id), "", str(row.device_id), "", row.seq)
    when = Circumstances(row.written_at, author.zone, day_uncertain=row.day_uncertain)
    content = row.content
    return read_op(header, content, body_of(content), when)


def _farewells(author: Person, chosen: Collection[DroppedOp]) -> list[DroppedOp]:
    """Drafts that were thrown away on the devices of which something was said to be theirs."""
    devices, taken = {row.device_id for row in chosen}, {row.id for row in chosen}
    return [
        row
        for group in _grouped(author, DroppedOp.refused_at.is_(None))
        if group.last.is_wordless and group.rows[0].device_id in devices
        for row in group.rows
        if row.id not in taken
    ]


def _take_back_refusals(author: Person, rows: Sequence[DroppedOp]) -> None:
    """What the ledger remembers of another op under the same id stays: a phone may have used one twice."""
    known = ledger.look_up(author.id, [row.op_id for row in rows])
    for row in rows:
        if row.op_id in known and ledger.says_the_same(known[row.op_id], row.content):
            ledger.forget(author.id, row.op_id)


def _let_go(row: DroppedOp) -> None:
    feed.touch(row.person_id, "dropped", row.id, gone=True)
    db.session.delete(row)
