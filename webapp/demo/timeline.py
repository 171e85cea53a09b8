"""Time and chance of the demonstration: a clock that is moved, ids that follow it, and dice that always fall alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from flask import current_app
from pydantic import BaseModel

from webapp.ledger import FormFields, Written, form_write
from webapp.people import Person

T = TypeVar("T")


class Timeline:
    """Where the story stands. `today` is the real present, which nothing comes after."""

    def __init__(self, dice: Random, today: datetime) -> None:
        self.dice, self.today, self.at = dice, today, today

    def go_to(self, moment: datetime) -> None:
        """The rooms' clock shows this moment from now on."""
        self.at = min(moment, self.today)
        current_app.extensions["clock"] = lambda: self.at

    def later(self, **by: float) -> datetime:
        """A moment after the present one, never after today."""
        return min(self.at + timedelta(**by), self.today)

    def chance(self, of: float) -> bool:
        return self.dice.random() < of

    def one_of(self, things: Sequence[T]) -> T:
        return self.dice.choice(things)

    def new_id(self) -> UUID:
        """A UUIDv7 of this moment."""
        milliseconds = int(self.at.timestamp() * 1000)
        value = (milliseconds & (1 << 48) - 1) << 80 | self.dice.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)

    def write(
        self,
        author: Person,
        kind: str,
        action: str,
        fields: BaseModel,
        entity: UUID | None = None,
        parent: UUID | None = None,
    ) -> Written:
        """Pass a write through the ledger, as a form does."""
        hidden = FormFields(op_id=self.new_id(), entity=entity or self.new_id(), parent=parent)
        written = form_write(author.id, author.zone, hidden, kind, action, fields.model_dump(mode="json"))
        assert written is not None, "ids of one timeline never meet"  # noqa: S101
        return written
