"""What an administrator does to sites and units. All of it inside a write transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from webapp import audit
from webapp.database import db
from webapp.people.models import Person, Site, Unit


def all_places() -> list[tuple[Site, Sequence[Unit]]]:
    """Each site with its units, by name."""
    units = db.session.scalars(select(Unit).order_by(Unit.name)).all()
    sites = db.session.scalars(select(Site).order_by(Site.name))
    return [(site, [unit for unit in units if unit.site_id == site.id]) for site in sites]


def is_empty(unit: Unit) -> bool:
    """Whether nobody belongs to it."""
    return not db.session.scalar(select(exists().where(Person.unit_id == unit.id)))


def add_site(by: Person, name: str, zone: str) -> Site:
    site = Site(name=name, zone=zone)
    db.session.add(site)
    db.session.flush()
    audit.record(by.id, "people.site_added", "site", site.id)
    return site


def change_site(by: Person, site: Site, name: str, zone: str) -> None:
    site.name, site.zone = name, zone
    audit.record(by.id, "people.site_changed", "site", site.id)


def add_unit(by: Person, site: Site, name: str) -> Unit:
    unit = Unit(name=name, site_id=site.id)
    db.session.add(unit)
    db.session.flush()
    audit.record(by.id, "people.unit_added", "unit", unit.id)
    return unit


def rename_unit(by: Person, unit: Unit, name: str) -> None:
    unit.name = name
    audit.record(by.id, "people.unit_renamed", "unit", unit.id)


def remove_unit(by: Person, unit: Unit) -> None:
    db.session.delete(unit)
    audit.record(by.id, "people.unit_removed", "unit", unit.id)
