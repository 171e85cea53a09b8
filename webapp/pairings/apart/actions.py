"""Keeping two people apart, undoing it, and letting go of it once one of them has left."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from webapp import audit
from webapp.clock import now
from webapp.database import db, inserting, uuid7
from webapp.pairings.apart.models import KeptApart
from webapp.people import Person
from webapp.programmes import Programme

KEPT_AFTER_LEAVING = timedelta(days=60)


def keep_apart(by: Person, programme: Programme, two: tuple[Person, Person], why: str) -> None:
    """Say that these are not to be matched; `why` is one of models.WHY. Said again it stands as it was said first.

    A pair that they are now goes on. Inside a write transaction.
    """
    first, second = sorted(each.id for each in two)
    row = {"id": uuid7(), "programme_id": programme.id, "first_id": first, "second_id": second, "why": why}
    said = inserting(KeptApart, **row, made_by_id=by.id, made_at=now()).on_conflict_do_nothing()
    if (row_id := db.session.scalar(said.returning(KeptApart.id))) is not None:
        audit.record(by.id, "pairings.kept_apart", "kept_apart", row_id, programme=str(programme.id))


def undo_keeping_apart(by: Person, row: KeptApart) -> None:
    """They may be matched again, as far as this coordinator is concerned."""
    db.session.delete(row)
    audit.record(by.id, "pairings.kept_apart_no_more", "kept_apart", row.id, programme=str(row.programme_id))


def forget_old(at: datetime) -> None:
    """Let go of whom nobody could pair any more: one of the two closed the account 60 days ago."""
    gone = select(Person.id).where(Person.closed_at <= at - KEPT_AFTER_LEAVING)
    old = or_(KeptApart.first_id.in_(gone), KeptApart.second_id.in_(gone))
    db.session.execute(delete(KeptApart).where(old).execution_options(synchronize_session=False))
