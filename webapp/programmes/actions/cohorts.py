"""Groups that begin together."""

from __future__ import annotations

from datetime import date

from webapp import audit
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.programmes.models import Cohort, Programme


def add_cohort(by: Person, programme: Programme, name: str, starts_on: date, ends_on: date | None) -> Cohort:
    """One more group."""
    cohort = Cohort(id=uuid7(), programme_id=programme.id, name=name, starts_on=starts_on, ends_on=ends_on)
    db.session.add(cohort)
    audit.record(by.id, "programmes.added_cohort", "cohort", cohort.id)
    return cohort


def remove_cohort(by: Person, cohort: Cohort) -> None:
    """The group is no more; whoever was in it takes part without one."""
    audit.record(by.id, "programmes.removed_cohort", "cohort", cohort.id)
    db.session.delete(cohort)
