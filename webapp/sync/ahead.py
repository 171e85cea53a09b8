"""What a delivery's ops will ask for, loaded in a few queries before the first op asks for its own."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from webapp.database import Model, db, keep_loaded, look_ahead
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.sync.ops import Opened, Unopened

LEAN = (lazyload(Person.unit), lazyload(Person.role_rows))  # hardly any op asks for them: fetched when one does


def author_of(person_id: UUID) -> Person:
    """The author, who is there: the session was theirs."""
    return db.session.scalars(select(Person).where(Person.id == person_id).options(*LEAN)).one()


def load_ahead(ops: Iterable[Opened | Unopened]) -> None:
    """Load all entities and pairings that the ops may name, a query or two a table."""
    named: dict[type[Model], list[UUID]] = {}
    pairings: set[UUID] = set()
    for op in ops:
        if isinstance(op, Opened) and op.op and op.fields:
            for table in op.op.tables:
                named.setdefault(table, []).append(op.entity)
            pairing = getattr(op.fields, "pairing", None)
            if isinstance(pairing, UUID):
                pairings.add(pairing)
    for table, entities in named.items():
        look_ahead([table], entities)
    if pairings:
        keep_loaded(db.session.scalars(_lean_pairings().where(Pairing.id.in_(pairings))).all())


def _lean_pairings() -> Select[Pairing]:
    both = (joinedload(each, innerjoin=True).options(*LEAN) for each in (Pairing.mentor, Pairing.mentee))
    return select(Pairing).options(lazyload(Pairing.programme), *both)
