"""Where everybody stands who is to join: not invited, invited, opened, over, undelivered, joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from webapp.clock import now
from webapp.database import db
from webapp.mail import OutgoingMail
from webapp.people.directory import OF_A_COORDINATOR
from webapp.people.models import Invitation, Person, PersonRole, Unit

STATES = ("not_invited", "undelivered", "expired", "opened", "invited", "joined")
WAITING = STATES[:-1]


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on the way in. `state` is one of STATES; `moment` is when that came about, or until when it lasts."""

    id: UUID
    name: str
    email: str
    staff_number: str
    unit: str
    state: str
    moment: datetime | None


def standings_for(reader: Person) -> list[Standing]:
    """Everybody whom the reader may invite and whose account is open, by name; one question to the database."""
    wanted: Select[*tuple[Any, ...]] = (
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.staff_number,
            Person.joined_at,
            Unit.name.label("unit"),
            Invitation.made_at,
            Invitation.expires_at,
            Invitation.opened_at,
            OutgoingMail.outcome,
        )
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(Invitation, Invitation.person_id == Person.id)
        .outerjoin(OutgoingMail, OutgoingMail.id == Invitation.mail_id)
        .where(Person.closed_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    if "administrator" not in reader.roles:
        more = select(PersonRole.person_id).where(PersonRole.role.not_in(OF_A_COORDINATOR))
        wanted = wanted.where(Person.id.not_in(more), Person.role_rows.any())
    at = now()
    return [_standing(row, at) for row in db.session.execute(wanted)]


def counts_of(people: Iterable[Standing]) -> dict[str, int]:
    """How many there are of each state, in the order of STATES."""
    counts = Counter(each.state for each in people)
    return {state: counts[state] for state in STATES}


def _standing(row: Row[Any], at: datetime) -> Standing:
    state, moment = _state(row, at)
    return Standing(row.id, row.name, row.email or "", row.staff_number or "", row.unit or "", state, moment)


def _state(row: Row[Any], at: datetime) -> tuple[str, datetime | None]:
    if row.joined_at is not None:
        return "joined", row.joined_at
    if row.made_at is None:
        return "not_invited", None
    if row.expires_at <= at:
        return "expired", row.expires_at
    if row.opened_at is not None:
        return "opened", row.opened_at
    if row.outcome == "failed":
        return "undelivered", row.made_at
    return "invited", row.made_at
