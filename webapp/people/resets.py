"""A new password: by a link that is mailed or handed over, or from the settings. Either ends other sign-ins."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from webapp import audit
from webapp.clock import now
from webapp.config import current_settings
from webapp.database import db
from webapp.mail import post_later
from webapp.people.codes import fresh_token, hash_of_token
from webapp.people.invitations import Ticket
from webapp.people.letters import letter_to
from webapp.people.models import Person, ResetLink, SignIn
from webapp.people.opening import if_good, one_at_a_time
from webapp.people.second_factor import forget_devices
from webapp.people.sessions import end_sign_ins

GOOD_FOR = timedelta(hours=1)


def mail_reset_link(person: Person) -> None:
    """Somebody asked for it on the sign-in page. Inside a write transaction."""
    link = _make(person, by=None)
    letter = letter_to(person, "new_password", link=link.link)
    if letter is not None:
        post_later(letter, link.expires_at)


def hand_over_reset_link(by: Person | None, person: Person) -> Ticket:
    """An administrator, or a command, makes a link to hand over. Inside a write transaction."""
    return _make(person, by)


def reset_link_by_token(token: str) -> ResetLink | None:
    return if_good(ResetLink, ResetLink.token_hash == hash_of_token(token))


def reset_link_by_id(link_id: UUID, take: bool = False) -> ResetLink | None:
    return if_good(ResetLink, ResetLink.id == link_id, take)


def reset_password(link: ResetLink, password_hash: str) -> Person:
    """The link is used up; every sign-in of its person ends. Inside a write transaction."""
    person = link.person
    db.session.delete(link)
    change_password(person, password_hash)
    return person


def change_password(person: Person, password_hash: str, keep: SignIn | None = None) -> None:
    """A new password; every sign-in ends but the one to `keep`. Inside a write transaction."""
    person.password_hash = password_hash
    others = [SignIn.person_id == person.id]
    if keep is not None:
        others.append(SignIn.id != keep.id)
    end_sign_ins(*others, why="new password")
    forget_devices(person.id, but=keep.device_id if keep else None)
    audit.record(person.id, "people.password_changed", "person", person.id)


def _make(person: Person, by: Person | None) -> Ticket:
    token = fresh_token()
    one_at_a_time(person.id)
    db.session.execute(delete(ResetLink).where(ResetLink.person_id == person.id))
    row = ResetLink(
        person_id=person.id,
        made_by_id=by.id if by else None,
        made_at=now(),
        expires_at=now() + GOOD_FOR,
        token_hash=hash_of_token(token),
    )
    db.session.add(row)
    audit.record(by.id if by else None, "people.reset_link_made", "person", person.id)
    return Ticket(f"{current_settings().public_url}/reset/{token}", "", row.expires_at)
