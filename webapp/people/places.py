"""What an administrator does to sites and units. All of it inside a write transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from webapp import audit
from webapp.database import db
from webapp.people.models import Organisation, Person, Site, Unit


class NameTaken(Exception):
    """Somebody else gave another place this name a moment ago."""


def all_places() -> list[tuple[Site, Sequence[Unit]]]:
    """Each site with its units, by name."""
    units = db.session.scalars(select(Unit).order_by(Unit.name)).all()
    sites = db.session.scalars(select(Site).order_by(Site.name))
    return [(site, [unit for unit in units if unit.site_id == site.id]) for site in sites]


def is_empty(unit: Unit) -> bool:
    """Whether nobody belongs to it."""
    return not db.session.scalar(select(exists().where(Person.unit_id == unit.id)))


def hold_places() -> None:
    """Whoever is as quick waits at the organisation's row, and then sees what was done."""
    db.session.get(Organisation, 1, with_for_update=True)


def add_site(by: Person, name: str, zone: str) -> Site:
    """Raises `NameTaken`."""
    _refuse_a_taken_name(select(Site.id).where(func.lower(Site.name) == name.lower()))
    site = Site(name=name, zone=zone)
    db.session.add(site)
    db.session.flush()
    audit.record(by.id, "people.site_added", "site", site.id)
    return site


def change_site(by: Person, site: Site, name: str, zone: str) -> None:
    """Raises `NameTaken`."""
    _refuse_a_taken_name(select(Site.id).where(func.lower(Site.name) == name.lower(), Site.id != site.id))
    site.name, site.zone = name, zone
    audit.record(by.id, "people.site_changed", "site", site.id)


def add_unit(by: Person, site: Site, name: str) -> Unit:
    """Raises `NameTaken`."""
    _refuse_a_taken_name(_units_named(name, site.id))
    unit = Unit(name=name, site_id=site.id)
    db.session.add(unit)
    db.session.flush()
    audit.record(by.id, "people.unit_added", "unit", unit.id)
    return unit


def rename_unit(by: Person, unit: Unit, name: str) -> None:
    """Raises `NameTaken`."""
    _refuse_a_taken_name(_units_named(name, unit.site_id).where(Unit.id != unit.id))
    unit.name = name
    audit.record(by.id, "people.unit_renamed", "unit", unit.id)


def remove_unit(by: Person, unit: Unit) -> None:
    db.session.delete(unit)
    audit.record(by.id, "people.unit_removed", "unit", unit.id)


def _units_named(name: str, site_id: UUID) -> Select[UUID]:
    return select(Unit.id).where(Unit.site_id == site_id, func.lower(Unit.name) == name.lower())


def _refuse_a_taken_name(others: Select[UUID]) -> None:
    hold_places()
    if db.session.scalar(others.limit(1)) is not None:
        raise NameTaken
