"""Writing check-ins as a form or a phone would, in one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import MovedClock
from tests.people import Cast
from webapp.checkins import (
    Checkin,
    CheckinFields,
    CheckinReadFields,
    TakeBackFields,
    amend_checkin,
    mark_checkin_read,
    record_checkin,
    take_checkin_back,
)
from webapp.database import db, uuid7, writing
from webapp.ledger import Gone, Written
from webapp.people import Person


@dataclass
class Pen:
    """Writes as somebody; each call is one op in its own transaction."""

    cast: Cast
    clock: MovedClock

    def record(self, who: UUID | None = None, entity: UUID | None = None, **said: Any) -> UUID:
        """Record a check-in, Mary's for Ana unless said otherwise; returns its id."""
        entity = entity or uuid7()
        self._write(record_checkin, who, entity, self._fields(said))
        return entity

    def amend(self, entity: UUID, who: UUID | None = None, **said: Any) -> None:
        self._write(amend_checkin, who, entity, self._fields(said))

    def take_back(self, entity: UUID, who: UUID | None = None) -> None:
        self._write(take_checkin_back, who, entity, TakeBackFields())

    def mark_read(self, checkin: UUID, who: UUID | None = None) -> None:
        fields = CheckinReadFields(what="checkin", id=checkin)
        self._write(mark_checkin_read, who or self.cast.ana, uuid7(), fields)

    def at(self, entity: UUID, day_uncertain: bool = False) -> Written:
        """As a phone says it that knows what stands there."""
        before = db.session.get(Checkin, entity)
        parent = before.head if before else None
        return Written(entity, uuid7(), self.clock(), "Europe/London", parent, day_uncertain)

    def _fields(self, said: dict[str, Any]) -> CheckinFields:
        return CheckinFields(**{"audience": "mentor", "pairing": self.cast.pairing, **said})

    def _write(self, action: Callable[..., None], who: UUID | None, entity: UUID, fields: Any) -> None:
        gone = None
        with writing():
            person = db.session.get_one(Person, who or self.cast.mary)
            try:
                action(person, self.at(entity), fields)
            except Gone as word:  # what the room did before it said so is kept, as in a batch of ops
                gone = word
        if gone:
            raise gone


@pytest.fixture
def pen(app: Flask, cast: Cast, clock: MovedClock) -> Pen:
    return Pen(cast, clock)


def load(checkin_id: UUID) -> Checkin:
    """The row as it is in the database."""
    db.session.expire_all()
    return db.session.get_one(Checkin, checkin_id)
