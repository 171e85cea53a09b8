"""What the form's page needs to know about whoever opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from webapp.checkins.models import Checkin
from webapp.checkins.reads import last_shift_of, talks_told_by
from webapp.checkins.rules import Shift, When, asks_whether_it_helped, proposed, usual_shift, when_text
from webapp.clock import now
from webapp.pairings import Pairing, active_pairings_of, signs_of
from webapp.people import Person


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form may speak of: the first is proposed. Each of them at most once."""

    proposed: When
    today: When
    shift: When | None = None
    usual: When | None = None
    since: When | None = None

    @property
    def chosen(self) -> str:
        return when_text(self.proposed)


@dataclass(frozen=True, slots=True)
class FormPage:
    """Where the writer is the mentee, the days on offer, what is worth asking; `at` is the time on her wall."""

    pairings: list[Pairing]
    choices: Choices
    last_contact_on: date | None
    asks_helped: bool
    at: datetime

    @property
    def pairing(self) -> Pairing | None:
        return self.pairings[0] if len(self.pairings) == 1 else None

    @property
    def mentors(self) -> list[tuple[str, str]]:
        return [(str(pairing.id), pairing.mentor.name) for pairing in self.pairings]

    @property
    def mentor(self) -> str:
        """The one mentor's first name, or nothing."""
        return self.pairing.mentor.first_name if self.pairing else ""


def wall_clock(person: Person) -> datetime:
    """The time on this person's wall (naive)."""
    return now().astimezone(ZoneInfo(person.zone)).replace(tzinfo=None)


def new_page(author: Person) -> FormPage:
    """For a new check-in."""
    pairings = [pairing for pairing in active_pairings_of(author) if pairing.mentee_id == author.id]
    return _page(author, pairings, choices_at(wall_clock(author), last_shift_of(author)))


def change_page(checkin: Checkin) -> FormPage:
    """For a check-in that exists: it stays with its mentor. One that had none may go to today's."""
    author, at = checkin.author, wall_clock(checkin.author)
    if checkin.pairing is None:
        return new_page(author)
    stays = checkin.pairing.is_active() or checkin.is_with_mentor()
    choices = Choices(checkin.when, When("shift", at.date()))
    return _page(author, [checkin.pairing] if stays else [], choices, checkin)


def choices_at(at: datetime, last: Shift | None) -> Choices:
    """What to offer at this wall-clock time, when `last` is the last shift that was entered."""
    today, first = When("shift", at.date()), proposed(at, last)
    if last is None or last.start > at:
        return Choices(first, today)
    usual = usual_shift(at, last)
    return Choices(
        proposed=first,
        today=today,
        shift=first if first.shift else None,
        usual=When("shift", usual.start.date(), usual) if usual != last else None,
        since=first if first.about == "since" else None,
    )


def _page(author: Person, pairings: list[Pairing], choices: Choices, checkin: Checkin | None = None) -> FormPage:
    pairing = pairings[0] if len(pairings) == 1 else None
    last_contact = signs_of([pairing])[pairing.id].last_contact_on if pairing else None
    asks = False
    if pairing:
        asks = asks_whether_it_helped(talks_told_by(author, pairing, besides=checkin.id if checkin else None))
    return FormPage(pairings, choices, last_contact, asks, wall_clock(author))
