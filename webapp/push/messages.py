"""Telling a person something: only rows are written here, so that any room may do it in its own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, literal, select

from webapp.clock import now
from webapp.database import db, insert_later, inserting, uuid7, write_later_rows
from webapp.people import Person, SignIn
from webapp.push.by_mail import wish_mailed_at
from webapp.push.kinds import KINDS
from webapp.push.models import PushMessage, QuietHours, quiet_of
from webapp.push.models.subscription import live_subscriptions
from webapp.push.quiet import Quiet, next_decent_moment

TOLD = "told"  # in the session's `info`: what this transaction has told already, so that a batch asks once


@dataclass(frozen=True)
class Message:
    """What to tell: one of KINDS, what makes it this one and no other for its reader, and the path it opens."""

    kind: str
    dedup_key: str
    navigate: str = "/"


def tell(person: Person, message: Message, *, only: SignIn | None = None) -> bool:
    """Have a person told, at a decent hour, on their devices (or on `only` one). Inside a write transaction.

    Returns whether it is new: the same kind and key for the same person is told once, and what is bundled once for
    each of the person's days.
    """
    row = _row_unless_told(person, message, only)
    if row is None:
        return False
    statement = inserting(PushMessage).on_conflict_do_nothing(index_elements=["dedup_key"])
    return db.session.execute(statement.returning(literal(1)), row).first() is not None


def tell_later(person: Person, message: Message) -> None:
    """The same where nobody asks whether it is new: written with the others, at the end of the transaction."""
    row = _row_unless_told(person, message)
    if row is not None:
        insert_later(PushMessage, once="dedup_key", **row)


def take_back(person: Person, kind: str, dedup_key: str | None = None) -> None:
    """Leave untold what has not gone out yet: one message, or all of a kind. Inside a write transaction."""
    statement = delete(PushMessage).where(
        PushMessage.person_id == person.id, PushMessage.kind == kind, PushMessage.settled_at.is_(None)
    )
    if dedup_key is not None:
        statement = statement.where(PushMessage.dedup_key == f"{kind}:{person.id}:{dedup_key}")
    write_later_rows()  # what is not written yet could not be taken back
    db.session.execute(statement)
    db.session.info.pop(TOLD, None)


def told_at(person: Person, at: datetime) -> datetime | None:
    """When a person is told of an "I'd like to talk" that was written at `at`: on a device that takes notifications,
    else by mail; None when neither reaches them."""
    reached = db.session.scalar(
        live_subscriptions(at).with_only_columns(SignIn.id).where(SignIn.person_id == person.id).limit(1)
    )
    quiet = quiet_for(person)
    return next_decent_moment(at, quiet) if reached else wish_mailed_at(person, quiet, at)


def away_until(person: Person, at: datetime) -> date | None:
    """The local day on which a person who is away is back; None when they are here."""
    quiet = quiet_for(person)
    back = quiet.away_until
    return back if back is not None and at.astimezone(quiet.zone).date() < back else None


def away_and_back() -> tuple[frozenset[UUID], dict[UUID, date]]:
    """Everybody who is away now, and the day on which the others came back from their last leave, in one query."""
    said = select(QuietHours.person_id, QuietHours.away_until, Person.zone).join(
        Person, Person.id == QuietHours.person_id
    )
    at = now()
    rows = db.session.execute(said.where(QuietHours.away_until.is_not(None)))
    backs = {person_id: (back, zone) for person_id, back, zone in rows if back is not None}
    here = {each: back for each, (back, zone) in backs.items() if at.astimezone(ZoneInfo(zone)).date() >= back}
    return frozenset(backs.keys() - here.keys()), here


def quiet_for(person: Person) -> Quiet:
    """A person's quiet, as it is now."""
    return quiet_of(person, db.session.get(QuietHours, person.id))


def quiet_for_all(people: list[Person]) -> dict[UUID, Quiet]:
    """The same for many, in one query."""
    rows = db.session.scalars(select(QuietHours).where(QuietHours.person_id.in_({each.id for each in people})))
    said = {row.person_id: row for row in rows}
    return {each.id: quiet_of(each, said.get(each.id)) for each in people}


def _row_unless_told(person: Person, message: Message, only: SignIn | None = None) -> dict[str, Any] | None:
    """The message's row; None when this transaction has told it already."""
    kind, at = KINDS[message.kind], now()
    key = str(at.astimezone(ZoneInfo(person.zone)).date()) if kind.bundled else message.dedup_key
    dedup_key = f"{message.kind}:{person.id}:{key}"
    told: set[str] = db.session.info.setdefault(TOLD, set())
    if dedup_key in told:
        return None
    told.add(dedup_key)
    return {
        "id": uuid7(),
        "person_id": person.id,
        "sign_in_id": only.id if only else None,
        "kind": message.kind,
        "dedup_key": dedup_key,
        "navigate": message.navigate,
        "created_at": at,
        "due_at": at + kind.waits,
        "expires_at": at + kind.lives,
    }
