"""Which mentors a mentee may have now, the best fit first: inside the hard rules, and with a place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.matching import fitting, gathering
from webapp.matching.closeup import Explanation
from webapp.matching.offers.models import MentorRequest
from webapp.matching.offers.places import free_places
from webapp.matching.offers.rules import MOST_TO_A_MENTOR
from webapp.matching.runs import reads as runs
from webapp.matching.settings import FULL_MARKS
from webapp.programmes import Programme

ALIKE = FULL_MARKS // 20  # fits that differ by less stand in an order that favours nobody


@dataclass(frozen=True, slots=True)
class Fit:
    """A mentor whom a mentee may have, and why."""

    mentor_id: UUID
    explanation: Explanation


def mentors_for(programme: Programme, mentee_id: UUID, but: Collection[UUID] = ()) -> list[Fit]:
    """Everybody with a place whom no rule keeps from this mentee, as the last run of the programme counts.

    Whoever is not there is not said to be missing: a veto, a block and a full mentor look the same. Nobody is ranked by
    how many others want them; mentors who fit alike stand in an order of each mentee's own.
    """
    free = free_places(programme.id)
    allowed = fitting.fitting_mentors(gathering.gather(programme), runs.settings_of(programme), str(mentee_id))
    fits = [Fit(UUID(each.mentor), each.explanation) for each in allowed]
    there = [each for each in fits if free.get(each.mentor_id, 0) > 0 and each.mentor_id not in but]
    return sorted(there, key=lambda fit: (-(fit.explanation.score // ALIKE), _by_lot(mentee_id, fit.mentor_id)))


def mentors_to_ask(programme: Programme, mentee_id: UUID) -> list[Fit]:
    """The same without those who are asked by as many as they may be: nobody shall drown in questions.

    Whom the mentee asks already is there, so that she finds her question again.
    """
    asking = select(MentorRequest.mentor_id, MentorRequest.mentee_id).where(
        MentorRequest.programme_id == programme.id, MentorRequest.closed_at.is_(None)
    )
    rows = db.session.execute(asking).all()
    asked = {mentor for mentor, mentee in rows if mentee == mentee_id}
    many = {mentor for mentor, count in Counter(mentor for mentor, _ in rows).items() if count >= MOST_TO_A_MENTOR}
    return mentors_for(programme, mentee_id, but=many - asked)


def is_allowed(programme: Programme, mentee_id: UUID, mentor_id: UUID) -> bool:
    """Whether no rule keeps these two from one another now; places are not looked at."""
    cohort, settings = gathering.gather(programme), runs.settings_of(programme)
    return not fitting.why_not(cohort, settings, str(mentee_id), str(mentor_id))


def _by_lot(mentee_id: UUID, mentor_id: UUID) -> bytes:
    return hashlib.sha256(mentee_id.bytes + mentor_id.bytes).digest()
