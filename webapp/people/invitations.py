"""Inviting somebody, and their joining: an invitation lives until its person has a password."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from webapp import audit
from webapp.clock import now
from webapp.config import current_settings
from webapp.database import db, uuid7
from webapp.mail import post_later
from webapp.people.codes import fresh_letters, fresh_token, hash_of_code, hash_of_token, is_code
from webapp.people.letters import letter_to
from webapp.people.models import Invitation, Person
from webapp.people.opening import if_good, one_at_a_time
from webapp.people.presence import presence_changed
from webapp.people.rules import spaced

GOOD_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is handed over or mailed, known only now: nothing but hashes is kept. `mailed` says which of the two."""

    link: str = field(repr=False)
    code: str = field(repr=False)
    expires_at: datetime
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whom to invite. At least one of `email` and `staff_number` is there."""

    name: str
    roles: frozenset[str]
    email: str | None = None
    staff_number: str | None = None
    unit_id: UUID | None = None
    lang: str = "en"
    zone: str = "Europe/London"


def invite(by: Person | None, newcomer: Newcomer, person_id: UUID | None = None) -> tuple[Person, Ticket]:
    """Add a person who may join, inside a write transaction. `person_id` makes a repeated post the same person."""
    person = Person(
        id=person_id or uuid7(),
        name=newcomer.name,
        email=newcomer.email,
        staff_number=newcomer.staff_number,
        unit_id=newcomer.unit_id,
        lang=newcomer.lang,
        zone=newcomer.zone,
        invited_at=now(),
    )
    person.give_roles(newcomer.roles)
    db.session.add(person)
    db.session.flush()
    return person, renew_invitation(by, person)


def renew_invitation(by: Person | None, person: Person, by_mail: bool = True) -> Ticket:
    """A new link and code; the old ones open nothing from now on. Inside a write transaction.

    It is mailed where that can be, unless it goes on paper.
    """
    token, code = fresh_token(), fresh_letters()
    one_at_a_time(person.id)
    db.session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    invitation = Invitation(
        person_id=person.id,
        made_by_id=by.id if by else None,
        made_at=now(),
        expires_at=now() + GOOD_FOR,
        token_hash=hash_of_token(token),
        code_hash=hash_of_code(code, person.id),
    )
    db.session.add(invitation)
    audit.record(by.id if by else None, "people.invited", "person", person.id)
    link = f"{current_settings().public_url}/join/{token}"
    invitation.mail_id = _mail(person, link, spaced(code), invitation.expires_at) if by_mail else None
    return Ticket(link, spaced(code), invitation.expires_at, invitation.mail_id is not None)


def withdraw_invitation(by: Person, person: Person) -> None:
    """Its link and code open nothing any more; they can be invited again. Inside a write transaction."""
    one_at_a_time(person.id)
    gone = db.session.scalar(delete(Invitation).where(Invitation.person_id == person.id).returning(Invitation.id))
    if gone is not None:
        audit.record(by.id, "people.invitation_withdrawn", "person", person.id)


def mark_opened(invitation_id: UUID) -> None:
    """Somebody followed the link or typed the code, for the first time. Inside a write transaction."""
    unopened = update(Invitation).where(Invitation.id == invitation_id, Invitation.opened_at.is_(None))
    db.session.execute(unopened.values(opened_at=now()))


def without_invitation(people: Collection[Person]) -> list[Person]:
    """Those of these people who have not joined and have nothing that would let them."""
    waiting = [each for each in people if each.joined_at is None and each.closed_at is None]
    ids = [each.id for each in waiting]
    good = select(Invitation.person_id).where(Invitation.person_id.in_(ids), Invitation.expires_at > now())
    invited = set(db.session.scalars(good))
    return [each for each in waiting if each.id not in invited]


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that a link opens, if it still does."""
    return if_good(Invitation, Invitation.token_hash == hash_of_token(token))


def invitation_by_id(invitation_id: UUID, take: bool = False) -> Invitation | None:
    """The invitation, if it still opens the door."""
    return if_good(Invitation, Invitation.id == invitation_id, take)


def invitation_by_code(identifier: str, typed: str) -> Invitation | None:
    """The invitation of the person with this e-mail or staff number, if this is its code."""
    person = Person.by_identifier(identifier)
    invitation = if_good(Invitation, Invitation.person_id == person.id) if person else None
    if invitation is None or not is_code(typed, invitation.code_hash, invitation.person_id):
        return None
    return invitation


def join(invitation: Invitation, password_hash: str, lang: str, zone: str) -> Person:
    """The person has joined; whatever pairs they are in become active by it. Inside a write transaction."""
    person = invitation.person
    person.password_hash, person.lang, person.zone = password_hash, lang, zone
    person.joined_at = person.joined_at or now()
    db.session.delete(invitation)
    audit.record(person.id, "people.joined", "person", person.id)
    presence_changed(person)
    return person


def _mail(person: Person, link: str, code: str, expires_at: datetime) -> UUID | None:
    """The letter's id; None where it cannot be mailed."""
    letter = letter_to(person, "invitation", link=link, code=code, typed_at="/join")
    row = post_later(letter, expires_at) if letter else None
    return row.id if row else None
