"""A person's own word on their quiet, and what it does to the messages that wait for them."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from webapp.clock import now
from webapp.database import db
from webapp.people import Person
from webapp.push.kinds import KINDS
from webapp.push.models import Delivery, PushMessage, QuietHours
from webapp.push.quiet import USUAL_END, USUAL_START, end_of_nights


def local_today(person: Person) -> date:
    """Today's date where the person is."""
    return now().astimezone(ZoneInfo(person.zone)).date()


def keep_window(person: Person, starts: time, ends: time) -> None:
    """Be quiet from `starts` until `ends` each day, inside a write transaction."""
    row = _row(person)
    row.starts, row.ends = starts, ends
    _look_again_at_what_waits(person.id)


def begin_nights(person: Person) -> None:
    """Be on nights until Sunday, inside a write transaction."""
    _row(person).nights_until = end_of_nights(local_today(person))
    _look_again_at_what_waits(person.id)


def end_nights(person: Person) -> None:
    """Have the daily window back, inside a write transaction."""
    _row(person).nights_until = None
    _look_again_at_what_waits(person.id)


def be_away(person: Person, until: date | None) -> None:
    """Be away until a day, or here again (None), inside a write transaction."""
    _row(person).away_until = until
    _look_again_at_what_waits(person.id)


def _row(person: Person) -> QuietHours:
    row = db.session.get(QuietHours, person.id)
    if row is None:
        row = QuietHours(person_id=person.id, starts=USUAL_START, ends=USUAL_END)
        db.session.add(row)
    return row


def _look_again_at_what_waits(person_id: UUID) -> None:
    """What was put off until the end of a quiet that has changed is looked at anew, not before its own time."""
    waiting = select(PushMessage).where(PushMessage.person_id == person_id, PushMessage.settled_at.is_(None))
    for message in db.session.scalars(waiting):
        message.due_at = max(now(), message.created_at + KINDS[message.kind].waits)
    theirs = select(PushMessage.id).where(PushMessage.person_id == person_id)
    db.session.execute(
        update(Delivery)
        .where(Delivery.message_id.in_(theirs), Delivery.finished_at.is_(None), Delivery.locked_by.is_(None))
        .values(due_at=now())
    )
