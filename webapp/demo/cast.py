"""The people of the demonstration, their places, and whom they can ring."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp.clock import now
from webapp.database import db
from webapp.demo.timeline import Timeline
from webapp.people import Newcomer, Organisation, Person, Site, Unit, add_site, add_unit, hash_of_password, invite
from webapp.people.invitations import invitation_by_token, join
from webapp.programmes import Outline, Programme, enrol, make_programme, objectives_of, plan_of, start_programme, tick
from webapp.safety.actions import keep_contact
from webapp.staff.importing import allow_importers

ZONE = "Europe/London"
FIRST_STAFF_NUMBER = 4101
CAPACITY = 2
MATCHED_WITHIN = timedelta(weeks=12)


@dataclass
class Cast:
    """Everybody by name, and the one programme."""

    programme: Programme
    people: dict[str, Person]

    @property
    def coordinator(self) -> Person:
        return next(person for person in self.people.values() if person.roles == {"coordinator"})


def make_cast(plan: dict[str, Any], timeline: Timeline) -> Cast:
    """Organisation, places, people, programme and help contacts."""
    db.session.add(Organisation(id=1, demo_since=timeline.today, lang="en", zone=ZONE, **plan["organisation"]))
    newcomers = iter(enumerate(plan["people"]))
    admin = _admin(next(newcomers)[1])
    sites, units = _places(admin, plan["sites"])
    people = {admin.name: admin}
    nobodys_password = hash_of_password(secrets.token_urlsafe(32))
    for number, row in newcomers:
        timeline.go_to(timeline.later(minutes=20))
        people[row["name"]] = bring_in(admin, row, units, FIRST_STAFF_NUMBER + number, nobodys_password)
    db.session.flush()
    coordinators = [person.id for person in people.values() if "coordinator" in person.roles]
    programme = _programme(admin, plan["programme"], coordinators, timeline)
    allow_importers(admin, set(coordinators))  # so that whoever tries it out can bring the invented list
    _contacts(admin, plan["contacts"], sites)
    starter = people[plan["programme"]["starter"]]
    start_programme(starter, programme)
    for step in plan_of(programme):
        tick(starter, programme, step.code, is_done=True)
    for row in plan["people"]:
        for role in {"mentee", "mentor"} & set(row["roles"]):
            enrol(starter, programme, people[row["name"]], role, capacity=row.get("capacity", CAPACITY))
    return Cast(programme, people)


def _programme(admin: Person, row: dict[str, Any], coordinators: list[UUID], timeline: Timeline) -> Programme:
    begins = timeline.at.astimezone(ZoneInfo(ZONE)).date()
    programme = make_programme(admin, Outline(row["name"], starts_on=begins), coordinators, row["preset"])
    for objective in objectives_of(programme):
        if objective.measure == "matched":  # pairs of the demonstration are made over ten weeks, not in two
            objective.due_on = begins + MATCHED_WITHIN
    return programme


def _admin(row: dict[str, Any]) -> Person:
    person, ticket = invite(None, _newcomer(row, {}, FIRST_STAFF_NUMBER))
    _join(person, ticket.link, hash_of_password(secrets.token_urlsafe(32)))
    return person


def _places(admin: Person, rows: list[dict[str, Any]]) -> tuple[dict[str, Site], dict[str, Unit]]:
    sites, units = {}, {}
    for row in rows:
        site = sites[row["name"]] = add_site(admin, row["name"], ZONE)
        for name in row["units"]:
            units[name] = add_unit(admin, site, name)
    return sites, units


def bring_in(by: Person, row: dict[str, Any], units: dict[str, Unit], number: int, password_hash: str) -> Person:
    """Invite somebody, who joins unless the row says otherwise."""
    person, ticket = invite(by, _newcomer(row, units, number))
    if row.get("joined", True):
        _join(person, ticket.link, password_hash)
    return person


def _newcomer(row: dict[str, Any], units: dict[str, Unit], number: int) -> Newcomer:
    """Known by a staff number: an invented e-mail address could be somebody's."""
    unit = units.get(row.get("unit", ""))
    return Newcomer(
        name=row["name"],
        roles=frozenset(row["roles"]),
        staff_number=str(number),
        unit_id=unit.id if unit else None,
        lang=row.get("lang", "en"),
        zone=ZONE,
    )


def _join(person: Person, link: str, password_hash: str) -> None:
    invitation = invitation_by_token(link.rpartition("/")[2])
    assert invitation is not None, "an invitation is good when it was just made"  # noqa: S101
    join(invitation, password_hash, person.lang, person.zone)
    person.welcomed_at = now()


def _contacts(admin: Person, rows: list[dict[str, Any]], sites: dict[str, Site]) -> None:
    for row in rows:
        site = sites.get(row.get("site", ""))
        keep_contact(
            admin,
            None,
            kind=row["kind"],
            label=row["label"],
            phone=row["phone"],
            note=row["note"],
            lang=row.get("lang", "en"),
            site_id=site.id if site else None,
        )
