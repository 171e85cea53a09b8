"""Programmes, people and places as these tests need them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from tests.people import Cast, person
from tests.safety.test_help_now import contact
from webapp.clock import now
from webapp.database import db, writing
from webapp.people import Person, Site, Unit
from webapp.programmes import Programme, ProgrammeCoordinator, enrol

NEEDED = ("crisis", "safeguarding", "privacy")


def the_programme(name: str) -> Programme | None:
    db.session.rollback()
    return db.session.scalar(select(Programme).where(Programme.name == name))


def draft(cast: Cast, name: str = "Return to practice") -> UUID:
    """A programme that Carol coordinates and nobody has started."""
    with writing():
        programme = Programme(name=name, created_at=now())
        db.session.add(programme)
        db.session.flush()
        db.session.add(ProgrammeCoordinator(programme_id=programme.id, person_id=cast.carol))
        return programme.id


def whom_to_ring(cast: Cast, *kinds: str, lang: str = "en", site: str | None = None) -> None:
    for kind in kinds or NEEDED:
        contact(cast, f"{kind} line", kind=kind, lang=lang, site=site)


def site_with_unit(name: str) -> tuple[UUID, UUID]:
    with writing():
        site = Site(name=name)
        db.session.add(site)
        db.session.flush()
        unit = Unit(name=f"Ward of {name}", site_id=site.id)
        db.session.add(unit)
        db.session.flush()
        return site.id, unit.id


def takes_part(
    cast: Cast,
    programme_id: UUID,
    name: str,
    role: str = "mentee",
    *,
    unit: UUID | None = None,
    lang: str = "en",
    capacity: int | None = None,
) -> UUID:
    """A new person, enrolled."""
    with writing():
        row = person(name, {role}, db.session.get(Unit, unit) if unit else None)
        row.lang = lang
        db.session.flush()
        programme, by = db.session.get_one(Programme, programme_id), db.session.get_one(Person, cast.carol)
        enrol(by, programme, row, role, capacity=capacity)
        return row.id
