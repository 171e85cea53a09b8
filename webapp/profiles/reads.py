"""What somebody answered, and how much of it: the second tells nothing of the first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.people import Person
from webapp.profiles.fields import Topic
from webapp.profiles.models import ProfileAnswer, ProfileLater
from webapp.profiles.rules import COUNTED
from webapp.programmes import Enrolment, Programme, enrolments_of

SomeTopic = TypeVar("SomeTopic", bound=Topic)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the counted topics are answered."""

    answered: int
    of: int = len(COUNTED)

    @property
    def is_whole(self) -> bool:
        return self.answered == self.of


def said_by(person: Person, topic: type[SomeTopic], part: Enrolment | None = None) -> SomeTopic:
    """What they said on a topic; an empty one when they did not."""
    answer = db.session.scalar(
        select(ProfileAnswer).where(
            ProfileAnswer.person_id == person.id,
            ProfileAnswer.topic == topic.name,
            ProfileAnswer.enrolment_id == part.id if part else ProfileAnswer.enrolment_id.is_(None),
        )
    )
    said = answer.said if answer else topic()
    return said if isinstance(said, topic) else topic()


def answered_topics(person: Person) -> set[tuple[UUID | None, str]]:
    """(enrolment or None, topic) of everything this person answered."""
    rows = db.session.execute(
        select(ProfileAnswer.enrolment_id, ProfileAnswer.topic).where(ProfileAnswer.person_id == person.id)
    )
    return {(enrolment_id, topic) for enrolment_id, topic in rows}


def progress_of(parts: Collection[Enrolment]) -> dict[UUID, Progress]:
    """How much is filled in, by the id of the enrolment. A fact: nothing is opened for it."""
    ids = {part.id for part in parts}
    people = {part.person_id for part in parts}
    rows = db.session.execute(
        select(ProfileAnswer.person_id, ProfileAnswer.enrolment_id).where(ProfileAnswer.topic.in_(COUNTED))
    ).all()
    own: dict[UUID, int] = {}
    for person_id, enrolment_id in rows:
        counted_for = person_id if enrolment_id is None else enrolment_id
        if counted_for in people or counted_for in ids:
            own[counted_for] = own.get(counted_for, 0) + 1
    return {part.id: Progress(own.get(part.person_id, 0) + own.get(part.id, 0)) for part in parts}


def own_part_or_404(person: Person, enrolment_id: UUID) -> Enrolment:
    """A part that this person has in a programme now."""
    part = db.session.get(Enrolment, enrolment_id)
    if part is None or part.person_id != person.id or part.left_at is not None:
        abort(404)
    return part


def parts_of(person: Person) -> list[tuple[Enrolment, Programme]]:
    """Where somebody takes part now, with the programme, but for those that ended."""
    found = [(part, db.session.get_one(Programme, part.programme_id)) for part in enrolments_of(person)]
    return [(part, programme) for part, programme in found if programme.ended_at is None]


def is_worth_offering(person: Person) -> bool:
    """Whether Today offers the profile: they take part somewhere, answered nothing and did not say "not now"."""
    if not enrolments_of(person) or db.session.get(ProfileLater, person.id) is not None:
        return False
    return not answered_topics(person)
