"""The four people of every test: a mentee, her mentor, a coordinator, and a stranger who may see nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from webapp.clock import now
from webapp.database import db, writing
from webapp.pairings import Pairing
from webapp.people import Organisation, Person, Site, Unit
from webapp.programmes import Programme, ProgrammeCoordinator

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Cast:
    """Ids, so that each test loads what it needs anew."""

    mary: UUID  # the mentee
    ana: UUID  # her mentor
    carol: UUID  # the coordinator
    charlie: UUID  # a mentee and mentor elsewhere: may see nothing
    admin: UUID
    programme: UUID
    pairing: UUID


def person(name: str, roles: set[str], unit: Unit | None = None, joined: bool = True) -> Person:
    """A person, joined unless said otherwise; their password is PASSWORD once people.set_password gave it."""
    moment = now()
    row = Person(
        name=name,
        email=f"{name.split()[0].lower()}@example.org",
        unit=unit,
        invited_at=moment,
        joined_at=moment if joined else None,
        welcomed_at=moment if joined else None,
        lang="en",
        zone="Europe/London",
    )
    row.give_roles(roles)
    db.session.add(row)
    return row


def make_cast() -> Cast:
    """Fill an empty database with the four and an administrator."""
    with writing():
        db.session.add(Organisation(id=1, name="St Mary's Hospital", sender_name="St Mary's"))
        site = Site(name="North site")
        db.session.add(site)
        db.session.flush()
        unit = Unit(name="Ward 4", site_id=site.id)
        db.session.add(unit)
        mary = person("Mary Okafor", {"mentee"}, unit)
        ana = person("Ana Ruiz", {"mentor"}, unit)
        carol = person("Carol Jones", {"coordinator"})
        charlie = person("Charlie Doe", {"mentee", "mentor"})
        admin = person("Ada Smith", {"administrator"})
        programme = Programme(name="New nurses 2026", created_at=now(), started_at=now())
        db.session.add(programme)
        db.session.flush()
        db.session.add(ProgrammeCoordinator(programme_id=programme.id, person_id=carol.id))
        pairing = Pairing(
            programme_id=programme.id,
            mentor_id=ana.id,
            mentee_id=mary.id,
            made_by_id=carol.id,
            made_at=now(),
            why="You both work nights on surgical wards.",
        )
        db.session.add(pairing)
    return Cast(mary.id, ana.id, carol.id, charlie.id, admin.id, programme.id, pairing.id)
