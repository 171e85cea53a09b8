"""What is due in a pair: the mentee's check-in, the mentor's word, an answer to "I'd like to talk"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.clock import now
from webapp.database import db
from webapp.pairings.desk.nudges import lately_nudged
from webapp.pairings.models import Pairing
from webapp.pairings.rules import UNANSWERED_AFTER, due_since
from webapp.pairings.signs import Signs, signs_of
from webapp.people import Person
from webapp.push import away_until, told_at


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a reminder may ask of a person: a push kind, about which pairing, due since when.

    `key` stays the same until the next interval has passed, so that one ask is sent once.
    """

    kind: str
    person: Person
    pairing: Pairing
    since: datetime

    @property
    def key(self) -> str:
        return f"{self.pairing.id}:{self.since.isoformat(timespec='seconds')}"


@dataclass(frozen=True, slots=True)
class TalkRequest:
    """An open "I'd like to talk" of the mentee. `told_at` is when the mentor is told; None if they are not.

    `offer_help` says that 24 hours have passed without an answer, or that the mentor is away.
    """

    pairing: Pairing
    since: datetime
    checkin_id: UUID | None
    told_at: datetime | None
    mentor_away: bool
    offer_help: bool


def is_due(pairing: Pairing, at: datetime) -> bool:
    """Whether the mentee's next check-in is due at `at`: an interval after the last one, or after the start."""
    return _checkin_since(pairing, at) is not None


def is_word_due(pairing: Pairing, signs: Signs, at: datetime) -> bool:
    """Whether a word of the mentor would be welcome."""
    return _word_since(pairing, signs, at) is not None


def due_asks(at: datetime) -> list[Ask]:
    """All that is due at `at`, over all active pairings: "checkin_ready" for mentees, "word_welcome" for mentors.

    A mentor's word is due when the interval has passed since they last wrote, or the two last had contact; what the
    mentee alone does is no reason not to ask. A coordinator's nudge was that word for its 14 days.
    """
    standing = db.session.scalars(select(Pairing).where(Pairing.ended_at.is_(None)))
    pairings = [pairing for pairing in standing if pairing.is_active()]
    signs, nudged = signs_of(pairings), lately_nudged(at)
    asks = []
    for pairing in pairings:
        if since := _checkin_since(pairing, at):
            asks.append(Ask("checkin_ready", pairing.mentee, pairing, since))
        if pairing.id not in nudged and (since := _word_since(pairing, signs[pairing.id], at)):
            asks.append(Ask("word_welcome", pairing.mentor, pairing, since))
    return asks


def open_talk_request(pairing: Pairing) -> TalkRequest | None:
    """The mentee's wish to talk that nobody has answered yet."""
    since = pairing.talk_wanted_since
    if since is None:
        return None
    at = now()
    away = away_until(pairing.mentor, at) is not None
    return TalkRequest(
        pairing=pairing,
        since=since,
        checkin_id=pairing.talk_wanted_checkin,
        told_at=told_at(pairing.mentor, since),
        mentor_away=away,
        offer_help=away or at - since >= UNANSWERED_AFTER,
    )


def _checkin_since(pairing: Pairing, at: datetime) -> datetime | None:
    if _asks_nothing(pairing, at):
        return None
    last = pairing.last_checked_in_at or pairing.started_at
    return due_since(last, pairing.interval_on(at), at) if last else None


def _word_since(pairing: Pairing, signs: Signs, at: datetime) -> datetime | None:
    if _asks_nothing(pairing, at):
        return None
    words = (pairing.started_at, signs.mentor_wrote_at, signs.last_contact_at)
    last = max((each for each in words if each), default=None)
    return due_since(last, pairing.interval_on(at), at) if last else None


def _asks_nothing(pairing: Pairing, at: datetime) -> bool:
    """In a pause, and of two who stay in touch after the end, nobody asks anything."""
    return pairing.is_paused(at) or pairing.is_friends
