"""What a room's action is given beside its fields, and the ways in which it may say no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Written:
    """The circumstances of one write: which entity, by which op, after which op, when (UTC) and in which zone."""

    entity: UUID
    op: UUID
    at: datetime
    zone: str
    parent: UUID | None = None
    day_uncertain: bool = False

    @property
    def local_date(self) -> date:
        """The writer's own calendar day."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()


class Refused(Exception):
    """The action cannot be done; `reason` is one of the codes in docs/sync-protocol.md."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(Exception):
    """Two phones changed one parent; the room kept its own version, the caller keeps the other."""


class Gone(Exception):
    """The entity was deleted before; the room has put the text into its author's trash."""
