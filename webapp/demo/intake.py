"""An intake that waits for mentors, with what its people said of themselves: for trying out proposals."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from webapp.database import db
from webapp.demo.cast import FIRST_STAFF_NUMBER, Cast, bring_in
from webapp.demo.timeline import Timeline
from webapp.pairings import keep_apart
from webapp.people import Person, Unit, hash_of_password
from webapp.profiles.actions import say
from webapp.profiles.fields import TOPICS
from webapp.profiles.rules import OF_A_PART
from webapp.programmes import Cohort, Enrolment, enrol
from webapp.staff import StaffRecord

AFTER_THE_OTHERS = 400
BEGIN_IN = timedelta(days=10)


def bring_the_intake(plan: dict[str, Any], cast: Cast, timeline: Timeline) -> None:
    """Invite them, take them into the programme, and have them fill in their profiles."""
    timeline.go_to(timeline.today - timedelta(days=6))
    units = {unit.name: unit for unit in db.session.scalars(select(Unit))}
    intake = Cohort(
        programme_id=cast.programme.id, name=plan["intake"]["name"], starts_on=(timeline.today + BEGIN_IN).date()
    )
    db.session.add(intake)
    db.session.flush()
    nobodys_password = hash_of_password(secrets.token_urlsafe(32))
    people = dict(cast.people)
    for number, row in enumerate(plan["people"]):
        timeline.go_to(timeline.later(minutes=7))
        roles = {"roles": [row["role"]]}
        person = bring_in(
            cast.coordinator, row | roles, units, FIRST_STAFF_NUMBER + AFTER_THE_OTHERS + number, nobodys_password
        )
        db.session.flush()
        part = enrol(cast.coordinator, cast.programme, person, row["role"], intake, row.get("capacity"))
        people[person.name] = person
        _fill_in(person, row, part)
    for one, other in plan["intake"]["apart"]:
        keep_apart(cast.coordinator, cast.programme, (people[one], people[other]), "close")
    for row in plan["people"]:
        if "manager" in row:
            _report(people, row["name"], row["manager"])


def _report(people: dict[str, Person], name: str, manager: str) -> None:
    """As a staff list would say it; the others are in none, so that no list that is tried out flags them as gone."""
    db.session.add(StaffRecord(person_id=people[name].id, manager_id=people[manager].id, languages=[]))


def _fill_in(person: Person, row: dict[str, Any], part: Enrolment) -> None:
    said: dict[str, dict[str, Any]] = {}
    if "words" in row:
        said["goals"] = {"goals": [{"word": word, "priority": 3 - at} for at, word in enumerate(row["words"])]}
    if "week" in row:
        said["week"] = {"patterns": row["week"], "days": row["days"]}
    said["languages"] = {"words": row.get("languages", ["en"])}
    if "likes" in row:
        said["interests"] = {"words": row["likes"]}
    if "musts" in row:
        said["musts"] = {"musts": [{"kind": "tag", "value": word} for word in row["musts"]]}
    if "style" in row:
        said["style"] = {"sliders": {key: {"value": value, "leaning": "like"} for key, value in row["style"].items()}}
    for topic, fields in said.items():
        say(person, TOPICS[topic].model_validate(fields), part if topic in OF_A_PART else None)
