"""What people do with their profile: say something on a topic, or that Today shall not ask any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select

from webapp import audit
from webapp.clock import now
from webapp.database import db, inserting, uuid7
from webapp.people import Person
from webapp.profiles.fields import Topic
from webapp.profiles.models import ProfileAnswer, ProfileLater
from webapp.programmes import Enrolment

KEPT_AFTER_LEAVING = timedelta(days=60)


def say(person: Person, said: Topic, part: Enrolment | None = None) -> None:
    """Keep what somebody says on a topic, for their part in a programme where the topic is of one.

    Saying nothing takes the answer away. The audit learns that there was an answer, and never on what.
    """
    _wait_for_other_windows(person)
    answer = _answer_of(person.id, said.name, part.id if part else None)
    if said.is_empty():
        if answer is not None:
            db.session.delete(answer)
    else:
        if answer is None:
            answer = ProfileAnswer(id=uuid7(), person_id=person.id, topic=said.name)
            answer.enrolment_id = part.id if part else None
            db.session.add(answer)
        answer.say(said)
        answer.answered_at = now()
    audit.record(person.id, "profiles.changed", "person", person.id)


def ask_no_more(person: Person) -> None:
    """Today offers the profile no longer."""
    later = inserting(ProfileLater, person_id=person.id, said_at=now())
    db.session.execute(later.on_conflict_do_nothing())


def forget_old(at: datetime) -> None:
    """Delete what people said who closed their account 60 days ago, and what was said for a part that ended then.

    Inside a write transaction.
    """
    long_gone = select(Person.id).where(Person.closed_at <= at - KEPT_AFTER_LEAVING)
    parts_over = select(Enrolment.id).where(Enrolment.left_at <= at - KEPT_AFTER_LEAVING)
    old = or_(ProfileAnswer.person_id.in_(long_gone), ProfileAnswer.enrolment_id.in_(parts_over))
    db.session.execute(delete(ProfileAnswer).where(old))


def _wait_for_other_windows(person: Person) -> None:
    """Two that say the same at once make one answer."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())


def _answer_of(person_id: UUID, topic: str, enrolment_id: UUID | None) -> ProfileAnswer | None:
    part = ProfileAnswer.enrolment_id
    of_this = part == enrolment_id if enrolment_id else part.is_(None)
    return db.session.scalar(
        select(ProfileAnswer).where(ProfileAnswer.person_id == person_id, ProfileAnswer.topic == topic, of_this)
    )
