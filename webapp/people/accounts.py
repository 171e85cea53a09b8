"""What is done to an account: its roles and unit, closing it, opening it again, the last administrator's way in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.people.invitations import Ticket, renew_invitation
from webapp.people.models import Invitation, Organisation, Person, PersonRole, PhoneCode, ResetLink, SignIn
from webapp.people.presence import presence_changed
from webapp.people.resets import hand_over_reset_link
from webapp.people.second_factor import turn_off
from webapp.people.sessions import end_sign_ins


class NotAllowed(Exception):
    """It would leave nobody who could undo it. `reason` is "yourself" or "last_administrator"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def change_roles(by: Person, person: Person, roles: frozenset[str]) -> None:
    """Give exactly these roles; other roles end the person's sign-ins. Raises `NotAllowed`."""
    if roles == person.roles:
        return
    if "administrator" not in roles:
        _keep_an_administrator(person)
    before = ",".join(sorted(person.roles))
    person.give_roles(roles)
    audit.record(by.id, "people.roles_changed", "person", person.id, before=before, after=",".join(sorted(roles)))
    audit.keep_outside(audit.ROLES_CHANGED, person.id, roles=sorted(roles))
    if by.id != person.id:
        end_sign_ins(SignIn.person_id == person.id, why="other roles")


def close_account(by: Person, person: Person) -> None:
    """End every sign-in at once and open no door again. Raises `NotAllowed`. What was written stays."""
    if by.id == person.id:
        raise NotAllowed("yourself")
    _keep_an_administrator(person)
    person.closed_at = now()
    end_sign_ins(SignIn.person_id == person.id, why="account closed")
    for door in (Invitation, PhoneCode, ResetLink):
        db.session.execute(delete(door).where(door.person_id == person.id))
    audit.record(by.id, "people.account_closed", "person", person.id)
    audit.keep_outside(audit.ACCOUNT_CLOSED, person.id)
    presence_changed(person)


def open_account_again(by: Person, person: Person) -> None:
    """They may sign in again, with the password and the roles they had."""
    person.closed_at = None
    audit.record(by.id, "people.account_opened", "person", person.id)
    audit.keep_outside(audit.ACCOUNT_OPENED, person.id)
    presence_changed(person)


class NoAdministrator(Exception):
    """Somebody who is no administrator cannot be let in as one while there is another."""


def let_administrator_in_again(person: Person) -> Ticket:
    """The last way in, for whoever runs the server: a link to a new password, and no second step any more.

    Opens a closed account. Who is no administrator becomes one only where none is left, else raises `NoAdministrator`.
    """
    if "administrator" not in person.roles:
        if _active_administrators_but(person.id):
            raise NoAdministrator
        person.give_roles(person.roles | {"administrator"})
    person.closed_at = None
    turn_off(None, person)
    end_sign_ins(SignIn.person_id == person.id, why="let in by command")
    audit.record(None, "people.let_in_by_command", "person", person.id)
    return hand_over_reset_link(None, person) if person.has_joined() else renew_invitation(None, person)


def _keep_an_administrator(person: Person) -> None:
    db.session.get(Organisation, 1, with_for_update=True)  # two administrators cannot close each other at once
    if "administrator" in person.roles and _active_administrators_but(person.id) == 0:
        raise NotAllowed("last_administrator")


def _active_administrators_but(person_id: UUID) -> int:
    others = (
        select(func.count())
        .select_from(PersonRole)
        .join(Person)
        .where(
            PersonRole.role == "administrator",
            Person.id != person_id,
            Person.closed_at.is_(None),
            Person.joined_at.is_not(None),
        )
    )
    return db.session.scalar(others) or 0
