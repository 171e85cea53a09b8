"""Finding people: the list with its search, one person or a 404, the invented people of a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import or_, select

from webapp.database import db
from webapp.people.models import ROLES, Person, PersonRole

OF_A_COORDINATOR = frozenset({"mentee", "mentor"})


def may_see(reader: Person, person: Person) -> bool:
    """An administrator sees everybody; a coordinator sees mentees and mentors who hold no other role."""
    if "administrator" in reader.roles:
        return True
    return "coordinator" in reader.roles and bool(person.roles) and person.roles <= OF_A_COORDINATOR


def person_or_404(reader: Person, person_id: UUID) -> Person:
    """Somebody whom this reader may see."""
    person = db.session.get(Person, person_id)
    if person is None or not may_see(reader, person):
        abort(404)
    return person


def find_people(reader: Person, search: str = "") -> Sequence[Person]:
    """Whom the reader may see, by name; `search` is part of a name, an e-mail or a staff number."""
    wanted = select(Person).order_by(Person.closed_at.is_not(None), Person.name)
    if search:
        like = f"%{_literal(search)}%"
        wanted = wanted.where(
            or_(*(column.ilike(like, escape="\\") for column in (Person.name, Person.email, Person.staff_number)))
        )
    if "administrator" not in reader.roles:
        more = select(PersonRole.person_id).where(PersonRole.role.not_in(OF_A_COORDINATOR))
        wanted = wanted.where(Person.id.not_in(more), Person.role_rows.any())
    return db.session.scalars(wanted).all()


def administrators_with_an_address() -> Sequence[Person]:
    """Administrators who have joined and can be written to, in a steady order."""
    of_the_role = select(PersonRole.person_id).where(PersonRole.role == "administrator")
    here = (Person.joined_at.is_not(None), Person.closed_at.is_(None), Person.email.is_not(None))
    return db.session.scalars(select(Person).where(Person.id.in_(of_the_role), *here).order_by(Person.id)).all()


def demo_people() -> dict[str, list[Person]]:
    """Who may be signed in as with one tap, by the first role they hold."""
    groups: dict[str, list[Person]] = {}
    for person in db.session.scalars(select(Person).order_by(Person.name)):
        if person.has_joined() and person.roles:
            first = next(role for role in ROLES if role in person.roles)
            groups.setdefault(first, []).append(person)
    return {role: groups[role] for role in ROLES if role in groups}


def demo_person_or_404(person_id: str) -> Person:
    try:
        person = db.session.get(Person, UUID(person_id))
    except ValueError:
        abort(404)
    if person is None or not person.has_joined():
        abort(404)
    return person


def _literal(search: str) -> str:
    return search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
