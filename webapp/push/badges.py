"""The number on the app's icon: what a person was told since they last looked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.database import db
from webapp.people import Person, SignIn
from webapp.push.models import PushMessage


def badge(person: Person, at: datetime) -> int:
    """How many messages a person has not seen the app since, sent as a push or not."""
    return _unseen({person.id}, at).get(person.id, 0)


def badges_of(people: Collection[UUID], at: datetime) -> dict[UUID, int]:
    """The badge beside a push for each of these people, in one query; at least 1, since something is being told."""
    unseen = _unseen(people, at)
    return {person_id: max(1, unseen.get(person_id, 0)) for person_id in people}


def has_looked_since(person_id: UUID, moment: datetime) -> bool:
    """Whether somebody has had the app open after that moment, on any device."""
    looked = select(SignIn.id).where(SignIn.person_id == person_id, SignIn.last_human_at > moment)
    return db.session.scalar(looked.limit(1)) is not None


def _unseen(people: Collection[UUID], at: datetime) -> dict[UUID, int]:
    last_looked = (
        select(func.max(SignIn.last_human_at))
        .where(SignIn.person_id == PushMessage.person_id)
        .correlate(PushMessage)
        .scalar_subquery()
    )
    counted = (
        select(PushMessage.person_id, func.count())
        .where(
            PushMessage.person_id.in_(people),
            PushMessage.kind != "test",
            PushMessage.expires_at > at,
            PushMessage.created_at > func.coalesce(last_looked, PushMessage.created_at),
        )
        .group_by(PushMessage.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}
