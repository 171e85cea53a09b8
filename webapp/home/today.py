"""What stands on somebody's Today: their side of each pairing, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from webapp.checkins import Checkin, latest_for, unread_for
from webapp.clock import now
from webapp.pairings import (
    Note,
    Pairing,
    Signs,
    TalkRequest,
    active_pairings_of,
    has_written,
    is_due,
    is_word_due,
    last_note_to,
    open_pairings_of,
    open_talk_request,
    signs_of,
    today_of,
    unread_notes_to,
)
from webapp.people import Person
from webapp.profiles import is_worth_offering

VERY_HARD = 1
HARD_FOR = timedelta(hours=36)


@dataclass(frozen=True)
class MyMentor:
    """The mentee's side of one pairing."""

    pairing: Pairing
    due: bool
    latest: Checkin | None
    last_note: Note | None
    wish: TalkRequest | None
    signs: Signs

    @property
    def mentor(self) -> Person:
        return self.pairing.mentor

    @property
    def was_very_hard(self) -> bool:
        """Whether the newest check-in told of a very hard shift, not long ago."""
        return self.latest is not None and self.latest.face == VERY_HARD and now() - self.latest.written_at < HARD_FOR


@dataclass(frozen=True)
class MyMentee:
    """The mentor's side of one pairing: a card."""

    pairing: Pairing
    wish: TalkRequest | None
    unread: list[Checkin]
    notes: list[Note]
    signs: Signs
    today: date
    word_welcome: bool

    @property
    def mentee(self) -> Person:
        return self.pairing.mentee

    @property
    def days_since_talk(self) -> int | None:
        last = self.signs.last_talk_on
        return None if last is None else max(0, (self.today - last).days)

    @property
    def urgency(self) -> tuple[bool, datetime, bool, int, str]:
        """Sorts who wants to talk first (the oldest wish first), then what is unread, then the longest silence."""
        asked = self.wish.since if self.wish else now()
        quiet_for = self.days_since_talk if self.days_since_talk is not None else 10_000
        return (self.wish is None, asked, not (self.unread or self.notes), -quiet_for, self.mentee.name)


@dataclass(frozen=True)
class Today:
    """Everything on the page of one person. `waiting` are pairings in which somebody has not joined yet,
    `held` those that wait for the two people's word."""

    person: Person
    at: datetime
    mentors: list[MyMentor] = field(default_factory=list)
    mentees: list[MyMentee] = field(default_factory=list)
    waiting: bool = False
    held: list[Pairing] = field(default_factory=list)
    offers_profile: bool = False

    @property
    def is_mentee(self) -> bool:
        return "mentee" in self.person.roles or bool(self.mentors)

    @property
    def is_mentor(self) -> bool:
        return "mentor" in self.person.roles or bool(self.mentees)

    @property
    def very_hard(self) -> bool:
        return any(each.was_very_hard for each in self.mentors)

    @property
    def offers_help(self) -> bool:
        """Whether an unanswered wish to talk leads to Help now already."""
        return any(each.wish is not None and each.wish.offer_help for each in self.mentors)


def today_for(person: Person) -> Today:
    """Put the page together."""
    standing = open_pairings_of(person)
    pairings, held = [each for each in standing if each.is_active()], [each for each in standing if each.is_held]
    signs = signs_of(pairings)
    mentors = [_my_mentor(person, each, signs[each.id]) for each in pairings if each.mentee_id == person.id]
    unread, notes = _by_pairing(unread_for(person)), unread_notes_to(person)
    mentees = [
        _my_mentee(person, each, signs[each.id], unread.get(each.id, []), notes.get(each.id, []))
        for each in pairings
        if each.mentor_id == person.id
    ]
    return Today(
        person=person,
        at=now(),
        mentors=mentors,
        mentees=sorted(mentees, key=lambda each: each.urgency),
        waiting=len(standing) > len(pairings) + len(held),
        held=held,
        offers_profile=is_worth_offering(person),
    )


def first_pairing(person: Person) -> Pairing | None:
    """The pairing to greet somebody with who is here for the first time and has not done anything yet."""
    if person.welcomed_at is not None:
        return None
    pairings = active_pairings_of(person)
    begun = any(has_written(person, each) or each.last_checked_in_at for each in pairings)
    return pairings[0] if pairings and not begun else None


def _my_mentor(person: Person, pairing: Pairing, signs: Signs) -> MyMentor:
    return MyMentor(
        pairing=pairing,
        due=is_due(pairing, now()),
        latest=latest_for(person, pairing),
        last_note=last_note_to(person, pairing),
        wish=open_talk_request(pairing),
        signs=signs,
    )


def _my_mentee(person: Person, pairing: Pairing, signs: Signs, unread: list[Checkin], notes: list[Note]) -> MyMentee:
    return MyMentee(
        pairing=pairing,
        wish=open_talk_request(pairing),
        unread=unread,
        notes=notes,
        signs=signs,
        today=today_of(person),
        word_welcome=is_word_due(pairing, signs, now()),
    )


def _by_pairing(checkins: Sequence[Checkin]) -> dict[UUID, list[Checkin]]:
    grouped: dict[UUID, list[Checkin]] = {}
    for checkin in checkins:
        if checkin.pairing_id is not None:
            grouped.setdefault(checkin.pairing_id, []).append(checkin)
    return grouped
