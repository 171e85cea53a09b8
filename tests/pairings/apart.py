"""Two people whom a coordinator keeps apart."""

from __future__ import annotations

from uuid import UUID

from tests.people import Cast
from webapp.database import db, writing
from webapp.pairings import keep_apart
from webapp.people import Person
from webapp.programmes import Programme


def kept_apart(cast: Cast, one: UUID, other: UUID, why: str = "work", programme: UUID | None = None) -> None:
    """Said by Carol, in the cast's programme or another one."""
    with writing():
        carol, *two = (db.session.get_one(Person, each) for each in (cast.carol, one, other))
        keep_apart(carol, db.session.get_one(Programme, programme or cast.programme), (two[0], two[1]), why)
