"""What the figures are counted from: days of pairs, talks and check-ins, and never what was in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from webapp.checkins import Checkin, CheckinDay
from webapp.clock import now
from webapp.database import db
from webapp.insight.rules import Mentee, Pair
from webapp.pairings import Contact, Pairing, is_talk
from webapp.people import Person, the_organisation
from webapp.programmes import Enrolment, Programme


@dataclass(frozen=True, slots=True)
class Records:
    """Of one programme, on the sites that a coordinator coordinates."""

    mentees: list[Mentee]
    pairs: list[Pair]


def records_of(programme: Programme, coordinator: Person) -> Records:
    """The days that count. A pair that somebody has not joined has not begun, but its mentee has a mentor."""
    every = db.session.scalars(select(Pairing).where(Pairing.programme_id == programme.id))
    pairings = [each for each in every if programme.covers(coordinator, each.mentee)]
    talked, checked_in = _talk_days(pairings), _checkin_days(pairings)
    pairs = [
        Pair(_day(start, each), _end(each), talked[each.id], checked_in[each.id], each.faster_days)
        for each in pairings
        if (start := each.started_at)
    ]
    return Records(_mentees(programme, coordinator, pairings), pairs)


def today_here() -> date:
    """The organisation's calendar day."""
    organisation = the_organisation()
    return now().astimezone(ZoneInfo(organisation.zone if organisation else "UTC")).date()


def _mentees(programme: Programme, coordinator: Person, pairings: list[Pairing]) -> list[Mentee]:
    spans: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for pairing in pairings:
        spans[pairing.mentee_id].append((_day(pairing.made_at, pairing), _end(pairing)))
    rows = db.session.scalars(
        select(Enrolment).where(Enrolment.programme_id == programme.id, Enrolment.role == "mentee")
    )
    return [
        Mentee(_local(row.enrolled_at, row.person), _left(row), tuple(spans[row.person_id]))
        for row in rows
        if programme.covers(coordinator, row.person)
    ]


def _talk_days(pairings: list[Pairing]) -> dict[UUID, frozenset[date]]:
    """The day that each side said: a date is meant, so no zone moves it."""
    rows = db.session.execute(
        select(Contact.pairing_id, Contact.happened_on, Contact.means, Contact.minutes).where(
            Contact.pairing_id.in_([each.id for each in pairings]), Contact.taken_back_at.is_(None)
        )
    )
    days: dict[UUID, set[date]] = {each.id: set() for each in pairings}
    for pairing_id, on, means, minutes in rows:
        if is_talk(means, minutes):
            days[pairing_id].add(on)
    return {pairing_id: frozenset(theirs) for pairing_id, theirs in days.items()}


def _checkin_days(pairings: list[Pairing]) -> dict[UUID, frozenset[date]]:
    """The day on which the mentee wrote, where she lives; kept ones count too, as they do in Today."""
    known = {each.id: each for each in pairings}
    rows = db.session.execute(
        select(Checkin.pairing_id, Checkin.author_id, Checkin.written_at).where(
            Checkin.pairing_id.in_(list(known)), Checkin.taken_back_at.is_(None)
        )
    )
    days: dict[UUID, set[date]] = {each.id: set() for each in pairings}
    for pairing_id, author_id, at in rows:
        if pairing_id is not None and author_id == known[pairing_id].mentee_id:
            days[pairing_id].add(_day(at, known[pairing_id]))
    long_ago = select(CheckinDay.pairing_id, CheckinDay.written_on).where(CheckinDay.pairing_id.in_(list(known)))
    for pairing_id, on in db.session.execute(long_ago):
        days[pairing_id].add(on)
    return {pairing_id: frozenset(theirs) for pairing_id, theirs in days.items()}


def _end(pairing: Pairing) -> date | None:
    """The first day on which it was no pair: it was ended, or one of the two closed their account."""
    moments = (pairing.ended_at, pairing.mentor.closed_at, pairing.mentee.closed_at)
    first = min((each for each in moments if each), default=None)
    return first and _day(first, pairing)


def _left(enrolment: Enrolment) -> date | None:
    first = min((each for each in (enrolment.left_at, enrolment.person.closed_at) if each), default=None)
    return first and _local(first, enrolment.person)


def _day(moment: datetime, pairing: Pairing) -> date:
    return _local(moment, pairing.mentee)


def _local(moment: datetime, person: Person) -> date:
    return moment.astimezone(ZoneInfo(person.zone)).date()
