"""A coordinator's nudge: both are told once, in neutral words and at a decent hour, that a word would be welcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db, inserting
from webapp.pairings.desk.models import LastNudge
from webapp.pairings.facts import facts_of_programmes
from webapp.pairings.models import Pairing
from webapp.people import Person
from webapp.programmes import programmes_of
from webapp.push import Message, tell

NUDGED_EVERY = timedelta(days=14)


@dataclass
class Nudged:
    """What came of it: how many pairs were nudged, on which days others were before, how many cannot be now."""

    count: int = 0
    before: Counter[date] = field(default_factory=Counter)
    not_now: int = 0


def nudge_pairs(coordinator: Person, ids: Collection[UUID]) -> Nudged:
    """Nudge these of her pairs, each once in 14 days; inside a write transaction.

    What she may not see, or what has ended meanwhile, counts as "not now".
    """
    hers = {each.id: each for each in facts_of_programmes(programmes_of(coordinator), coordinator)}
    wanted = {each for each in ids if each in hers and hers[each].may_be_nudged}
    nudged = Nudged(not_now=len(set(ids)) - len(wanted))
    for pairing in db.session.scalars(select(Pairing).where(Pairing.id.in_(wanted)).order_by(Pairing.id)):
        earlier = _nudge(coordinator, pairing, now())
        if earlier is None:
            nudged.count += 1
        else:
            nudged.before[earlier.astimezone(ZoneInfo(coordinator.zone)).date()] += 1
    return nudged


def lately_nudged(at: datetime) -> frozenset[UUID]:
    """The pairs that were nudged in the last 14 days."""
    return frozenset(db.session.scalars(select(LastNudge.pairing_id).where(LastNudge.nudged_at > at - NUDGED_EVERY)))


def _nudge(coordinator: Person, pairing: Pairing, at: datetime) -> datetime | None:
    """Tell both; or, when somebody nudged them less than 14 days ago, do nothing and say when that was."""
    said = inserting(LastNudge, pairing_id=pairing.id, nudged_at=at, nudged_by_id=coordinator.id)
    taken = said.on_conflict_do_update(
        index_elements=["pairing_id"],
        set_={"nudged_at": at, "nudged_by_id": coordinator.id},
        where=LastNudge.nudged_at <= at - NUDGED_EVERY,
    ).returning(LastNudge.pairing_id)
    if db.session.execute(taken).first() is None:
        return db.session.scalar(select(LastNudge.nudged_at).where(LastNudge.pairing_id == pairing.id))
    for person in (pairing.mentee, pairing.mentor):
        today = at.astimezone(ZoneInfo(person.zone)).date()
        tell(person, Message("nudge", str(today)))  # one message, however many pairs they are in
    audit.record(coordinator.id, "pairings.nudged", "pairing", pairing.id)
    return None
