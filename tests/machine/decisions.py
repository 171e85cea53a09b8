"""What was brought in for somebody: the worker's look, and its author's yes or no, as `/to-decide` has it."""

from __future__ import annotations

import json
from uuid import UUID

from sqlalchemy import select

from tests.machine.handset import expect
from tests.machine.reference import Reference
from webapp import sync
from webapp.clock import now
from webapp.database import db, writing
from webapp.people import Person
from webapp.sync import dropped
from webapp.sync.models import DroppedEnvelope, DroppedOp


def look_through() -> None:
    """Until everything that was brought in lies with its author."""
    while sync.look_through():
        pass
    turned_away = db.session.scalars(select(DroppedEnvelope.reason)).all()
    expect(not turned_away, f"work of ours was turned away: {turned_away}")


def asked() -> list[str]:
    """Everybody with whom something lies that was brought in, refused before or not."""
    db.session.rollback()
    return [str(person) for person in db.session.scalars(select(DroppedOp.person_id).distinct())]


def decide(reference: Reference, person: str, yes: bool) -> None:
    """The author says yes to everything that lies there for them, refused before or not; or no to what is new."""
    db.session.rollback()
    rows = list_of(person)
    with writing():
        author = db.session.get_one(Person, UUID(person))
        ids = [row.id for row in rows]
        expected = said_yes(reference, person, rows) if yes else said_no(reference, person, rows)
        results = dropped.confirm(author, ids) if yes else dropped.refuse(author, ids)
    if yes:
        became = [(result.status, result.reason) for result in results]  # type: ignore[union-attr]
        expect(became == expected, f"{became} instead of {expected}")
    else:
        expect(results == len(expected), f"{results} refused instead of {len(expected)}")


def list_of(person: str) -> list[DroppedOp]:
    """In the order in which they are done."""
    mine = select(DroppedOp).where(DroppedOp.person_id == UUID(person))
    return list(db.session.scalars(mine.order_by(DroppedOp.seq, DroppedOp.id)))


def said_yes(reference: Reference, person: str, rows: list[DroppedOp]) -> list[tuple[str, str | None]]:
    bodies = [json.loads(row.content) for row in rows]
    for row, body in zip(rows, bodies, strict=True):
        if row.refused_at is not None:
            reference.forget_refusal(person, body)
    return [reference.settle(person, body, row.written_at, now()) for row, body in zip(rows, bodies, strict=True)]


def said_no(reference: Reference, person: str, rows: list[DroppedOp]) -> list[DroppedOp]:
    new = [row for row in rows if row.refused_at is None]
    for row in new:
        reference.refuse(person, json.loads(row.content))
    return new
