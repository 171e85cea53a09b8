"""What happened between the two, newest first: only what both may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from webapp.pairings.agreeing.reads import signatures_of
from webapp.pairings.goals.reads import goals_of
from webapp.pairings.introductions.reads import introductions_of
from webapp.pairings.models import Contact, Pairing
from webapp.pairings.page.reads import shared_notes_of
from webapp.pairings.reads import notes_between, talks_of
from webapp.people import Person

SHOWN = 40
ORDER = {"began": 0, "stayed": 2, "ended": 2}  # within one day


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened on a day of the reader's calendar.

    `kind` is a code that the template has words for; `by` is who did it, where that is shown, `words` what was said.
    """

    on: date
    kind: str
    by: Person | None = None
    words: str = ""
    number: int | None = None
    talk: Contact | None = None


def timeline_of(pairing: Pairing, reader: Person) -> list[Moment]:
    """The last moments of a pair, for one of the two."""
    moments = [*_began(pairing, reader), *_talked(pairing), *_wrote(pairing, reader), *_signed(pairing, reader)]
    moments += [*_aimed(pairing, reader), *_met(pairing, reader)]
    return sorted(moments, key=lambda each: (each.on, ORDER.get(each.kind, 1)), reverse=True)[:SHOWN]


def _began(pairing: Pairing, reader: Person) -> Iterable[Moment]:
    if pairing.started_at is not None:
        yield Moment(_day(pairing.started_at, reader), "began")
    if pairing.ended_at is not None:
        yield Moment(_day(pairing.ended_at, reader), "stayed" if pairing.friends_since else "ended")
    if pairing.friends_until is not None:
        yield Moment(_day(pairing.friends_until, reader), "ended")


def _talked(pairing: Pairing) -> Iterable[Moment]:
    return [Moment(talk.happened_on, "talked", talk=talk) for talk in talks_of(pairing)]


def _wrote(pairing: Pairing, reader: Person) -> Iterable[Moment]:
    for note in notes_between(pairing):
        yield Moment(_day(note.written_at, reader), "wrote", by=_who(pairing, note.author_id == pairing.mentor_id))
    for shared in shared_notes_of(pairing):
        by = _who(pairing, shared.author_id == pairing.mentor_id)
        yield Moment(_day(shared.written_at, reader), "remembered", by=by)


def _signed(pairing: Pairing, reader: Person) -> Iterable[Moment]:
    for each in signatures_of(pairing):
        by = _who(pairing, each.person_id == pairing.mentor_id)
        yield Moment(_day(each.signed_at, reader), "signed", by=by, number=each.version)


def _aimed(pairing: Pairing, reader: Person) -> Iterable[Moment]:
    for goal in goals_of(pairing):
        yield Moment(_day(goal.set_at, reader), "aimed", by=pairing.mentee, words=goal.words)
        if goal.reached_at is not None:
            yield Moment(_day(goal.reached_at, reader), "reached", by=pairing.mentee, words=goal.words)
        if goal.reviewed_at is not None:
            yield Moment(_day(goal.reviewed_at, reader), "reviewed", by=pairing.mentor, words=goal.words)


def _met(pairing: Pairing, reader: Person) -> Iterable[Moment]:
    for each in introductions_of(pairing):
        if each.introduced_at is not None:
            yield Moment(_day(each.introduced_at, reader), "met", by=pairing.mentor, words=each.person.name)


def _who(pairing: Pairing, is_mentor: bool) -> Person:
    return pairing.mentor if is_mentor else pairing.mentee


def _day(moment: datetime, reader: Person) -> date:
    return moment.astimezone(ZoneInfo(reader.zone)).date()
