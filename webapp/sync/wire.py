"""The shapes on the wire; docs/sync-protocol.schema.json is generated from these models."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

PROTO = 1
MOST_OPS = 50
MOST_BYTES = 256 * 1024
MOST_ITEMS = 200

LowerUuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")]
Moment = Annotated[
    AwareDatetime, PlainSerializer(lambda at: at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z")
]
Status = Literal["applied", "duplicate", "conflict", "rejected", "retry", "deleted", "redacted", "op_reuse"]


class Shape(BaseModel):
    """What stands on the wire; what a newer phone adds is let through."""

    model_config = ConfigDict(extra="ignore")


class SealedOp(Shape):
    """An op as it travels: what it says is inside the seal."""

    op_id: LowerUuid
    key_id: str = Field(max_length=40)
    device_id: LowerUuid
    owner_tag: str = Field(max_length=40)
    seq: int = Field(ge=0, le=2**53)
    sealed: str = Field(max_length=MOST_BYTES)


class Delivery(Shape):
    """The request of POST /sync and of POST /sync/drop."""

    proto: int
    sent_at: AwareDatetime
    clock_changed: bool = False
    ops: list[SealedOp] = Field(max_length=MOST_OPS)


class Body(BaseModel):
    """What is inside the seal, behind the writer's secret."""

    model_config = ConfigDict(extra="ignore")

    schema_: int = Field(alias="schema", ge=1)
    op_id: UUID
    seq: int
    person: UUID
    device: UUID
    sign_in: UUID
    sync_key: str = Field(max_length=40)
    kind: Word
    action: Word
    entity: UUID
    parent: UUID | None = None
    written_at: AwareDatetime
    zone: str = Field(default="", max_length=64)
    clock_changed: bool = False
    fields: dict[str, Any] = Field(default_factory=dict)


class FieldError(Shape):
    """One thing that is wrong, and where."""

    field: str
    message: str


class Result(Shape):
    """What became of one op. Every status but `retry` says that the server holds it."""

    op_id: LowerUuid
    status: Status
    entity: UUID | None = None
    head: UUID | None = None
    rev: int | None = None
    reason: str | None = None
    errors: list[FieldError] = Field(default_factory=list)


class DeliveryAnswer(Shape):
    """The answer of POST /sync."""

    proto: Literal[1] = 1
    person: UUID
    epoch: UUID
    server_time: Moment
    results: list[Result]


class Received(Shape):
    """Of an op that was brought in for somebody: it is here. Nothing else is ever said."""

    op_id: LowerUuid
    status: Literal["received"] = "received"


class DropAnswer(Shape):
    """The answer of POST /sync/drop."""

    proto: Literal[1] = 1
    server_time: Moment
    results: list[Received]


class PublicKey(Shape):
    """A key that phones use, by its id."""

    key_id: str
    public_key: str


class SessionAnswer(Shape):
    """The answer of GET /sync/session."""

    proto: Literal[1] = 1
    person: UUID
    name: str
    device: UUID
    owner_tag: str
    sign_in: UUID
    kind: Literal["own", "shared"]
    writer_secret: str
    sync_key: str
    sealing_key: PublicKey
    push_key: PublicKey | None
    epoch: UUID
    server_time: Moment
    lang: str
    zone: str
    site: str
    expires_at: Moment


class FeedItem(Shape):
    """An entity at its newest revision, as its reader may see it."""

    rev: int
    kind: Word
    id: UUID
    gone: bool
    head: UUID | None
    data: dict[str, Any] | None


class FeedAnswer(Shape):
    """The answer of GET /sync/feed. `person` says whose it is: another may have signed in since the phone asked."""

    proto: Literal[1] = 1
    person: UUID
    epoch: UUID
    rev: int
    more: bool
    items: list[FeedItem]


def moment(at: datetime | None) -> str | None:
    """A moment as it stands on the wire."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
