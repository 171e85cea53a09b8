"""When a pair last talked, wrote or was heard from: facts without content, for one pair or for many in two queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, case, func, select

from webapp.clock import now
from webapp.database import db
from webapp.pairings.models import Contact, Note, Pairing
from webapp.pairings.rules import TALKS, Record, minutes_together
from webapp.people import Person


@dataclass(frozen=True, slots=True)
class Signs:
    """Days are local to the pair, moments are UTC. A pair of which nothing is known has None everywhere."""

    last_talk_on: date | None = None
    last_contact_on: date | None = None
    last_contact_at: datetime | None = None
    last_note_at: datetime | None = None
    mentor_wrote_at: datetime | None = None

    def last_word_on(self, zone: ZoneInfo) -> date | None:
        """The day of the newest contact or note, either way."""
        noted = self.last_note_at.astimezone(zone).date() if self.last_note_at else None
        return max((day for day in (noted, self.last_contact_on) if day), default=None)


class Two(Protocol):
    """A pairing, or the columns of one."""

    @property
    def id(self) -> Any: ...
    @property
    def mentor_id(self) -> Any: ...
    @property
    def mentee_id(self) -> Any: ...


def signs_of(pairings: Collection[Two]) -> dict[UUID, Signs]:
    """The signs of each of these pairings."""
    contacts = {row.pairing_id: row for row in db.session.execute(_contacts([each.id for each in pairings]))}
    notes: dict[tuple[UUID, UUID], datetime] = {
        (pairing_id, author_id): at
        for pairing_id, author_id, at in db.session.execute(_notes([each.id for each in pairings]))
    }
    signs = {}
    for pairing in pairings:
        contact = contacts.get(pairing.id)
        by_mentor, by_mentee = notes.get((pairing.id, pairing.mentor_id)), notes.get((pairing.id, pairing.mentee_id))
        signs[pairing.id] = Signs(
            last_talk_on=contact.last_talk_on if contact else None,
            last_contact_on=contact.last_contact_on if contact else None,
            last_contact_at=contact.last_contact_at if contact else None,
            last_note_at=max((at for at in (by_mentor, by_mentee) if at), default=None),
            mentor_wrote_at=by_mentor,
        )
    return signs


def last_talk_on(pairing: Pairing) -> date | None:
    """The day of the last contact that counts as a talk, whichever side recorded it."""
    return signs_of([pairing])[pairing.id].last_talk_on


def days_since_talk(pairing: Pairing, reader: Person) -> int | None:
    """Whole days from the last talk to the reader's today; None before the first."""
    last = last_talk_on(pairing)
    return None if last is None else max(0, (today_of(reader) - last).days)


def today_of(person: Person) -> date:
    """The person's own calendar day."""
    return now().astimezone(ZoneInfo(person.zone)).date()


def minutes_talked(pairing: Pairing, since: date, until: date) -> int:
    """Minutes the two talked from one day to another, both included, each talk once (`rules.minutes_together`)."""
    between = (Contact.happened_on >= since, Contact.happened_on < until + timedelta(days=1))
    rows = db.session.execute(
        select(Contact.happened_on, Contact.means, Contact.recorded_by_id, Contact.minutes).where(
            Contact.pairing_id == pairing.id, Contact.taken_back_at.is_(None), *between
        )
    )
    return minutes_together(Record(on, means, by, minutes) for on, means, by, minutes in rows)


def _contacts(ids: list[UUID]) -> Select[UUID, Any, date, datetime]:
    talked = and_(Contact.means.in_(TALKS), Contact.minutes >= 1)
    return (
        select(
            Contact.pairing_id,
            func.max(case((talked, Contact.happened_on))).label("last_talk_on"),
            func.max(Contact.happened_on).label("last_contact_on"),
            func.max(Contact.recorded_at).label("last_contact_at"),
        )
        .where(Contact.pairing_id.in_(ids), Contact.taken_back_at.is_(None))
        .group_by(Contact.pairing_id)
    )


def _notes(ids: list[UUID]) -> Select[UUID, UUID, datetime]:
    return (
        select(Note.pairing_id, Note.author_id, func.max(Note.written_at))
        .where(Note.pairing_id.in_(ids), Note.taken_back_at.is_(None))
        .group_by(Note.pairing_id, Note.author_id)
    )
