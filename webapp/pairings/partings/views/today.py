"""What Today says of a pair that changes: a question at the end, a pause, a kind word afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from webapp.clock import now
from webapp.database import db
from webapp.pairings.models import Pairing
from webapp.pairings.partings.staying import answer_of, is_asked_to_stay
from webapp.pairings.reads import active_pairings_of
from webapp.pairings.views.room import room
from webapp.people import Person, current_person

SAID_FOR = timedelta(days=14)


@room.app_template_global()
def pairs_to_answer() -> list[Pairing]:
    """Those of whoever is signed in that end, and that they have not answered yet."""
    person = current_person()
    return [each for each in active_pairings_of(person) if is_asked_to_stay(each) and answer_of(each, person) is None]


@room.app_template_global()
def paused_pairs() -> list[Pairing]:
    """Those that have a pause now."""
    return [each for each in active_pairings_of(current_person()) if each.is_paused(now())]


@room.app_template_global()
def pairs_parted() -> list[Pairing]:
    """Those that ended not long ago and did not go on in touch; a change is told until there is somebody else."""
    person, since = current_person(), now() - SAID_FOR
    theirs = or_(Pairing.mentee_id == person.id, Pairing.mentor_id == person.id)
    ended = select(Pairing).where(theirs, Pairing.ended_at > since, Pairing.friends_since.is_(None))
    began = [each for each in db.session.scalars(ended.order_by(Pairing.ended_at)) if each.started_at is not None]
    active = active_pairings_of(person)
    return [each for each in began if not (each.ended_for_change and _has_somebody_since(person, each, active))]


def _has_somebody_since(person: Person, ended: Pairing, active: Sequence[Pairing]) -> bool:
    """Nobody looks for somebody else for this person any more."""
    return any(
        each.programme_id == ended.programme_id
        and each.role_of(person) == ended.role_of(person)
        and ended.ended_at is not None
        and each.made_at >= ended.ended_at
        for each in active
    )
