"""Adding and changing many people at once, as a staff list does. All of it inside a write transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update

from webapp.clock import now
from webapp.database import db
from webapp.people.models import Invitation, Person, PersonRole, the_organisation


def add_people(rows: Sequence[dict[str, Any]]) -> None:
    """Add people who are not invited yet: each row has id, name, email, staff_number and unit_id, tidy and unique."""
    organisation = the_organisation()
    usual = {"lang": organisation.lang, "zone": organisation.zone} if organisation else {}
    if rows:
        db.session.execute(insert(Person), [{**usual, "invited_at": now(), **row} for row in rows])


def change_people(rows: Sequence[dict[str, Any]]) -> None:
    """Change what each row holds beside the id."""
    for keys in {tuple(sorted(row)) for row in rows}:
        if keys != ("id",):
            db.session.execute(update(Person), [row for row in rows if tuple(sorted(row)) == keys])


def give_more_roles(pairs: Sequence[tuple[UUID, str]]) -> None:
    """Give each person a role that they do not hold."""
    if pairs:
        db.session.execute(insert(PersonRole), [{"person_id": person, "role": role} for person, role in pairs])


def remove_people(ids: Collection[UUID]) -> None:
    """Delete people whom nothing speaks of, with their roles and invitations."""
    for some in _in_portions(sorted(ids)):
        db.session.execute(delete(PersonRole).where(PersonRole.person_id.in_(some)))
        db.session.execute(delete(Invitation).where(Invitation.person_id.in_(some)))
        db.session.execute(delete(Person).where(Person.id.in_(some)))


def _in_portions(ids: Sequence[UUID], size: int = 500) -> list[Sequence[UUID]]:
    return [ids[at : at + size] for at in range(0, len(ids), size)]
