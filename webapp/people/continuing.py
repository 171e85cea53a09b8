"""Going on on one's own phone: a code asked for where one is signed in, typed or scanned on the phone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from webapp import audit
from webapp.clock import now
from webapp.config import current_settings
from webapp.database import db
from webapp.mail import post_later
from webapp.people.codes import fresh_digits, fresh_token, hash_of_code, hash_of_token, is_code
from webapp.people.half_way import sign_in_or_ask
from webapp.people.invitations import Ticket
from webapp.people.letters import letter_to
from webapp.people.models import OWN, Person, PhoneCode, SignIn
from webapp.people.opening import if_good, one_at_a_time
from webapp.people.rules import spaced

GOOD_FOR = timedelta(minutes=10)
TOLD_FOR = timedelta(hours=1)


def make_phone_code(sign_in: SignIn) -> Ticket:
    """A link and eight digits, inside a write transaction. What was asked for before opens nothing any more."""
    token, code = fresh_token(), fresh_digits()
    one_at_a_time(sign_in.person_id)
    db.session.execute(delete(PhoneCode).where(PhoneCode.person_id == sign_in.person_id))
    row = PhoneCode(
        person_id=sign_in.person_id,
        sign_in_id=sign_in.id,
        made_at=now(),
        expires_at=now() + GOOD_FOR,
        token_hash=hash_of_token(token),
        code_hash=hash_of_code(code, sign_in.person_id),
    )
    db.session.add(row)
    audit.record(sign_in.person_id, "people.phone_code_made", "device", sign_in.device_id)
    return Ticket(f"{current_settings().public_url}/continue/{token}", spaced(code), row.expires_at)


def phone_code_by_token(token: str, take: bool = False) -> PhoneCode | None:
    """The code behind a scanned link, if it is still good."""
    return if_good(PhoneCode, PhoneCode.token_hash == hash_of_token(token), take)


def phone_code_by_digits(identifier: str, typed: str) -> PhoneCode | None:
    """The code of this person, if these are its digits; a wrong try is counted. Inside a write transaction."""
    person = Person.by_identifier(identifier)
    if person is None:
        return None
    counted = update(PhoneCode).where(PhoneCode.person_id == person.id).values(tries=PhoneCode.tries + 1)
    row_id = db.session.scalar(counted.returning(PhoneCode.id).execution_options(synchronize_session=False))
    row = db.session.get(PhoneCode, row_id, populate_existing=True) if row_id else None
    if row is None or not row.is_good(now()) or not is_code(typed, row.code_hash, person.id):
        return None
    return row


def continue_here(row: PhoneCode, device_name: str) -> str:
    """Sign its person in on this browser as on their own phone, and tell them. Inside a write transaction.

    Returns "", or the ticket for whoever has to show a code first.
    """
    row.used_at = now()
    ticket = sign_in_or_ask(row.person, OWN, device_name)
    audit.record(row.person_id, "people.continued", "person", row.person_id, code_needed=bool(ticket))
    letter = letter_to(row.person, "new_phone", device=device_name)
    if letter is not None and not ticket:
        post_later(letter)
    return ticket


def phone_just_signed_in(sign_in_id: UUID) -> bool:
    """Whether a code asked for here was used within the last hour."""
    recently = (PhoneCode.sign_in_id == sign_in_id, PhoneCode.used_at > now() - TOLD_FOR)
    return db.session.scalar(select(PhoneCode.id).where(*recently)) is not None
