"""The log: one's own check-ins, with the answers that came to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from webapp.checkins.models import Checkin
from webapp.checkins.reads import own_checkins, recovered_for
from webapp.database import db
from webapp.pairings import Note, answers_to
from webapp.people import Person

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Log:
    """Newest first. `recovered` are words that came after their check-in was taken back."""

    checkins: Sequence[Checkin]
    answers: dict[UUID, list[Note]]
    recovered: Sequence[Checkin]


def log_of(author: Person, only_questions: bool = False) -> Log:
    """A person's own check-ins."""
    chosen = own_checkins(author)
    if only_questions:
        chosen = chosen.where(Checkin.need == "question")
    checkins = db.session.scalars(chosen.limit(SHOWN)).all()
    return Log(checkins, _answers(checkins), [] if only_questions else recovered_for(author))


def _answers(checkins: Sequence[Checkin]) -> dict[UUID, list[Note]]:
    answers: dict[UUID, list[Note]] = {}
    for pairing in {each.pairing for each in checkins if each.pairing}:
        answers |= answers_to(pairing, [each.id for each in checkins if each.pairing_id == pairing.id])
    return answers
