"""What a coordinator may know of a pair: who, since when, how they stand, the last talk, the minutes. Never a word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from webapp.clock import now
from webapp.database import db
from webapp.pairings.models import Contact, Pairing
from webapp.pairings.rules import Record, minutes_together, stage_of
from webapp.pairings.signs import Signs, signs_of, today_of
from webapp.people import Person
from webapp.programmes import Programme
from webapp.push import away_until
from webapp.staff import hidden_from

SILENT = ("no_hello", "no_first_talk", "not_in_touch")
MINUTES_OVER_DAYS = 30


@dataclass(frozen=True, slots=True)
class PairFacts:
    """One pair as its coordinator sees it. `stage` is one of `rules.stage_of`, or "ended"; minutes are of 30 days."""

    pairing: Pairing
    stage: str
    last_talk_on: date | None
    minutes: int

    @property
    def is_silent(self) -> bool:
        return self.stage in SILENT


def facts_of_programme(programme: Programme, coordinator: Person) -> list[PairFacts]:
    """The pairs of a programme that have not ended, on the coordinator's sites, but for those of her own reports.

    Those who are not in touch come first, then by the mentee's name.
    """
    standing = select(Pairing).where(Pairing.programme_id == programme.id, Pairing.ended_at.is_(None))
    hidden = hidden_from(coordinator)
    hers = [
        each
        for each in db.session.scalars(standing)
        if programme.covers(coordinator, each.mentee) and hidden.isdisjoint((each.mentee_id, each.mentor_id))
    ]
    facts = facts_of(hers, coordinator)
    return sorted(facts, key=lambda each: (not each.is_silent, each.pairing.mentee.name))


def facts_of(pairings: Collection[Pairing], coordinator: Person) -> list[PairFacts]:
    """The facts of these pairs, on the coordinator's calendar."""
    today = today_of(coordinator)
    signs = signs_of(pairings)
    minutes = _minutes_since(today - timedelta(days=MINUTES_OVER_DAYS - 1), pairings)
    return [
        PairFacts(each, _stage(each, signs[each.id], today), signs[each.id].last_talk_on, minutes[each.id])
        for each in pairings
    ]


def _stage(pairing: Pairing, signs: Signs, today: date) -> str:
    if pairing.ended_at is not None:
        return "ended"
    zone = ZoneInfo(pairing.mentee.zone)
    started = pairing.started_at.astimezone(zone).date() if pairing.started_at else None
    interval, rhythm = pairing.interval_on(now()), pairing.programme.rhythm
    stage = stage_of(started, signs.last_talk_on, signs.last_word_on(zone), interval, today, rhythm)
    away = stage in SILENT and any(away_until(each, now()) for each in (pairing.mentor, pairing.mentee))
    return "away" if away else stage


def _minutes_since(first: date, pairings: Collection[Pairing]) -> dict[UUID, int]:
    records: dict[UUID, list[Record]] = {pairing.id: [] for pairing in pairings}
    rows = db.session.execute(
        select(Contact.pairing_id, Contact.happened_on, Contact.means, Contact.recorded_by_id, Contact.minutes).where(
            Contact.pairing_id.in_(list(records)), Contact.taken_back_at.is_(None), Contact.happened_on >= first
        )
    )
    for pairing_id, on, means, by, minutes in rows:
        records[pairing_id].append(Record(on, means, by, minutes))
    return {pairing_id: minutes_together(theirs) for pairing_id, theirs in records.items()}
