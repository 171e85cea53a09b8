"""The keys that open the door once: finding one that still does, and making one at a time."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

from webapp.clock import now
from webapp.database import db
from webapp.people.models import Invitation, Person, PhoneCode, ResetLink

Key = TypeVar("Key", Invitation, PhoneCode, ResetLink)


def if_good(kind: type[Key], which: ColumnElement[bool], take: bool = False) -> Key | None:
    """The row, unless it is used, too old, or its person left.

    `take` is for whoever uses it up, inside a write transaction: whoever is as quick waits and finds it gone.
    """
    wanted = select(kind).where(which)
    if take:
        wanted = wanted.with_for_update(of=kind).execution_options(populate_existing=True)
    row = db.session.scalar(wanted)
    return row if row is not None and row.is_good(now()) else None


def one_at_a_time(person_id: UUID) -> None:
    """Whoever makes a new key for the same person waits here, inside a write transaction, so that one key stays."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
