"""An op on its way through: as it came, as it was opened, and what kind of thing it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from webapp.database import Model
from webapp.ledger import Written
from webapp.people import Person
from webapp.sync.wire import FieldError, SealedOp

Action = Callable[[Person, Written, Any], None]
Seen = dict[UUID, tuple[UUID | None, dict[str, object]]]
Mirror = Callable[[Person, Collection[UUID]], Seen]


@dataclass(frozen=True, slots=True)
class Op:
    """One kind of thing a phone may do: its fields, the room's action, and the tables in which its entity may stand.

    `waits` says that it needs its parent first.
    """

    fields: type[BaseModel]
    act: Action
    tables: tuple[type[Model], ...] = ()
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """The circumstances of one delivery: whose session, sent and received when, by a clock that was changed or not."""

    person_id: UUID
    zone: str
    sent_at: datetime
    received_at: datetime
    clock_changed: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An op that its author wrote. `wrong` is a reason to hold it rather than do it."""

    op_id: UUID
    seq: int
    kind: str
    action: str
    entity: UUID
    parent: UUID | None
    at: datetime
    zone: str
    day_uncertain: bool
    content: bytes
    said: dict[str, Any]
    op: Op | None = None
    fields: BaseModel | None = None
    wrong: str | None = None
    errors: list[FieldError] = field(default_factory=list)

    @property
    def is_wordless(self) -> bool:
        """That a draft was thrown away holds no words of anybody."""
        return (self.kind, self.action) == ("draft", "drop")

    @property
    def written(self) -> Written:
        return Written(self.entity, self.op_id, self.at, self.zone, self.parent, self.day_uncertain)


@dataclass(frozen=True, slots=True)
class Unopened:
    """An envelope without a proven author: `foreign_owner` is sent back, `forged` and `unreadable` are quarantined."""

    envelope: SealedOp
    reason: str

    @property
    def op_id(self) -> UUID:
        return UUID(self.envelope.op_id)

    @property
    def seq(self) -> int:
        return self.envelope.seq
