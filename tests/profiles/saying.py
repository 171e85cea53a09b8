"""Saying things of oneself, as these tests need it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from webapp.database import db, writing
from webapp.people import Person
from webapp.profiles.actions import say
from webapp.profiles.fields import TOPICS
from webapp.programmes import Enrolment, Programme, enrol


def takes_part(by: UUID, programme: UUID, person: UUID, role: str) -> UUID:
    """The enrolment of somebody who is there already."""
    with writing():
        people = [db.session.get_one(Person, each) for each in (by, person)]
        row = enrol(people[0], db.session.get_one(Programme, programme), people[1], role)
        db.session.flush()
        return row.id


def says(person: UUID, topic: str, part: UUID | None = None, **said: Any) -> None:
    """One answer, as its form would give it."""
    with writing():
        enrolment = db.session.get_one(Enrolment, part) if part else None
        say(db.session.get_one(Person, person), TOPICS[topic].model_validate(said), enrolment)
