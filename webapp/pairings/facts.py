"""What a coordinator may know of a pair: who, since when, how they stand, the last talk, the minutes. Never a word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import aliased

from webapp.clock import now
from webapp.database import db
from webapp.pairings.desk.models import LastNudge
from webapp.pairings.models import Contact, InLine, Pairing
from webapp.pairings.rules import Record, minutes_together, stage_of
from webapp.pairings.signs import Signs, signs_of, today_of
from webapp.people import Person, Site, Unit
from webapp.programmes import Programme, interval_days
from webapp.push import away_and_back
from webapp.staff import StaffRecord, hidden_from

IN_LINE, PAUSED, ENDING = "in_line", "paused", "ending"
SILENT = ("not_in_touch", "no_first_talk", "no_hello")
ASLEEP = ("joining", "away", "left", IN_LINE, PAUSED, ENDING, "ended")
MINUTES_OVER_DAYS = 30


@dataclass(frozen=True, slots=True)
class PairFacts:
    """One pair as its coordinator sees it; unit and site are the mentee's, days are those of her calendar.

    `stage` is one of `rules.stage_of`, "left" (an account was closed, or the staff list says
    so), "in_line" (held, see in_line/), "paused", "ending" (both are asked whether they stay in touch), or "ended".
    """

    id: UUID
    programme: Programme
    mentee_id: UUID
    mentee: str
    mentor_id: UUID
    mentor: str
    unit_id: UUID | None
    unit: str
    site_id: UUID | None
    site: str
    stage: str
    started_on: date | None
    last_talk_on: date | None
    last_contact_on: date | None
    last_word_on: date | None
    nudged_on: date | None

    @property
    def is_silent(self) -> bool:
        return self.stage in SILENT

    @property
    def needs_her(self) -> bool:
        """Whether the coordinator may want to do something."""
        return self.is_silent or self.stage in (IN_LINE, "left")

    @property
    def may_be_nudged(self) -> bool:
        """Whether there are two who could be in touch; that they were nudged lately is another matter."""
        return self.stage not in ASLEEP


def facts_of_programmes(programmes: Sequence[Programme], coordinator: Person) -> list[PairFacts]:
    """The pairs of these programmes that have not ended, on the coordinator's sites, but for those of her own reports.

    However many pairs there are, it asks the database four times.
    """
    hidden = hidden_from(coordinator)
    sites = {each.id: each.sites_covered_by(coordinator) for each in programmes}
    rows = db.session.execute(_pairs(Pairing.programme_id.in_(list(sites)), Pairing.ended_at.is_(None)))
    hers = [
        row
        for row in rows
        if hidden.isdisjoint((row.mentee_id, row.mentor_id))
        and (sites[row.programme_id] is None or row.site_id in (sites[row.programme_id] or ()))
    ]
    return _facts(hers, {each.id: each for each in programmes}, coordinator)


def facts_of_pair(pairing: Pairing, coordinator: Person) -> PairFacts:
    """The facts of one pair, also of one that has ended."""
    rows = db.session.execute(_pairs(Pairing.id == pairing.id)).all()
    return _facts(rows, {pairing.programme_id: pairing.programme}, coordinator)[0]


def minutes_of(ids: Collection[UUID], coordinator: Person) -> dict[UUID, int]:
    """Minutes that each of these pairs talked in the 30 days up to the coordinator's today."""
    first = today_of(coordinator) - timedelta(days=MINUTES_OVER_DAYS - 1)
    records: dict[UUID, list[Record]] = {each: [] for each in ids}
    rows = db.session.execute(
        select(Contact.pairing_id, Contact.happened_on, Contact.means, Contact.recorded_by_id, Contact.minutes).where(
            Contact.pairing_id.in_(list(records)), Contact.taken_back_at.is_(None), Contact.happened_on >= first
        )
    )
    for pairing_id, on, means, by, minutes in rows:
        records[pairing_id].append(Record(on, means, by, minutes))
    return {pairing_id: minutes_together(theirs) for pairing_id, theirs in records.items()}


def _pairs(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Columns rather than whole people: a list of 2,000 pairs is made from them."""
    mentee, mentor = aliased(Person), aliased(Person)
    of_mentee, of_mentor = aliased(StaffRecord), aliased(StaffRecord)
    return (
        select(
            Pairing.id,
            Pairing.programme_id,
            Pairing.made_at,
            Pairing.ended_at,
            Pairing.faster_days,
            Pairing.paused_since,
            Pairing.paused_until,
            Pairing.asked_to_stay_at,
            mentee.id.label("mentee_id"),
            mentee.name.label("mentee"),
            mentee.zone,
            mentee.joined_at.label("mentee_joined_at"),
            mentee.closed_at.label("mentee_closed_at"),
            mentor.id.label("mentor_id"),
            mentor.name.label("mentor"),
            mentor.joined_at.label("mentor_joined_at"),
            mentor.closed_at.label("mentor_closed_at"),
            Unit.id.label("unit_id"),
            Unit.name.label("unit"),
            Unit.site_id,
            Site.name.label("site"),
            LastNudge.nudged_at,
            (InLine.since.is_not(None) & InLine.settled_at.is_(None)).label("is_held"),
            func.coalesce(of_mentee.left_on, of_mentor.left_on).label("left_on"),
            of_mentee.leave_until.label("mentee_leave_until"),
            of_mentor.leave_until.label("mentor_leave_until"),
        )
        .join(mentee, mentee.id == Pairing.mentee_id)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .outerjoin(Unit, Unit.id == mentee.unit_id)
        .outerjoin(Site, Site.id == Unit.site_id)
        .outerjoin(LastNudge, LastNudge.pairing_id == Pairing.id)
        .outerjoin(InLine, InLine.pairing_id == Pairing.id)
        .outerjoin(of_mentee, of_mentee.person_id == mentee.id)
        .outerjoin(of_mentor, of_mentor.person_id == mentor.id)
        .where(*which)
    )


def _facts(rows: Sequence[Row[Any]], programmes: dict[UUID, Programme], coordinator: Person) -> list[PairFacts]:
    today, signs = today_of(coordinator), signs_of(rows)
    away, back = away_and_back()
    hers = ZoneInfo(coordinator.zone)
    facts = []
    for row in rows:
        zone, sign = ZoneInfo(row.zone), signs[row.id]
        started = _started_at(row)
        started_on = started.astimezone(zone).date() if started else None
        leave = [each for each in (row.mentee_leave_until, row.mentor_leave_until) if each]
        is_away = not away.isdisjoint((row.mentee_id, row.mentor_id)) or any(each > today for each in leave)
        returns = [*leave, row.paused_until, back.get(row.mentee_id), back.get(row.mentor_id)]
        back_on = max((each for each in returns if each and each <= today), default=None)
        facts.append(
            PairFacts(
                id=row.id,
                programme=programmes[row.programme_id],
                mentee_id=row.mentee_id,
                mentee=row.mentee,
                mentor_id=row.mentor_id,
                mentor=row.mentor,
                unit_id=row.unit_id,
                unit=row.unit or "",
                site_id=row.site_id,
                site=row.site or "",
                stage=_stage(row, sign, programmes[row.programme_id], started, today, is_away, back_on),
                started_on=started_on,
                last_talk_on=sign.last_talk_on,
                last_contact_on=sign.last_contact_on,
                last_word_on=sign.last_word_on(zone),
                nudged_on=row.nudged_at.astimezone(hers).date() if row.nudged_at else None,
            )
        )
    return facts


def _stage(
    row: Row[Any],
    sign: Signs,
    programme: Programme,
    started: datetime | None,
    today: date,
    is_away: bool,
    back_on: date | None,
) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.mentee_closed_at is not None or row.mentor_closed_at is not None or row.left_on is not None:
        return "left"
    if row.is_held:
        return IN_LINE
    if row.asked_to_stay_at is not None:
        return ENDING
    if row.paused_since is not None and row.paused_until is not None and today < row.paused_until:
        return PAUSED
    zone = ZoneInfo(row.zone)
    since = (now() - (started or row.made_at)).days
    interval = interval_days(programme.rhythm, max(0, since), row.faster_days)
    started_on = started.astimezone(zone).date() if started else None
    word_on = sign.last_word_on(zone)
    stage = stage_of(started_on, sign.last_talk_on, word_on, interval, today, programme.rhythm, back_on=back_on)
    return "away" if is_away and stage in SILENT else stage


def _started_at(row: Row[Any]) -> datetime | None:
    """As `Pairing.started_at`, from columns."""
    if row.mentee_joined_at is None or row.mentor_joined_at is None:
        return None
    last: datetime = max(row.made_at, row.mentee_joined_at, row.mentor_joined_at)
    return last
