"""Contact between the two: `record_contact` is the only source of "talked"."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp import audit, feed
from webapp.database import db
from webapp.ledger import Refused
from webapp.pairings.models import Contact, Pairing
from webapp.pairings.reads import open_pairings_of
from webapp.people import Person
from webapp.push import take_back


def record_contact(
    pairing: Pairing,
    by: Person,
    means: str | None,
    on: date,
    minutes: int | None,
    *,
    op: UUID,
    at: datetime,
    checkin_id: UUID | None = None,
    contact_id: UUID | None = None,
) -> Contact | None:
    """Record, change or remove one side's contact, and return it; None when there is none.

    A check-in gives its own id as `checkin_id`, each time it is recorded, changed or taken back: `means` None or
    "none" removes what it had brought. A talk that was logged by itself gives `contact_id`. Either id is the row's
    key, so the same contact is never there twice. Raises Refused("not_allowed") when the id is somebody else's row.
    """
    key = checkin_id or contact_id
    if key is None:
        raise ValueError("a contact has the id of its check-in or of its own op")
    contact = db.session.get(Contact, key)
    if contact is not None and not _is_of(contact, pairing, by, checkin_id):
        raise Refused("not_allowed")
    if means in (None, "none"):
        _remove(contact, op, at)
        return None
    if contact is None:
        contact = Contact(id=key, pairing_id=pairing.id, pairing=pairing, checkin_id=checkin_id)
        contact.recorded_by_id, contact.recorded_at = by.id, at
        db.session.add(contact)
    contact.means, contact.happened_on, contact.minutes = str(means), on, minutes
    contact.head, contact.taken_back_at = op, None
    _answer_a_wish(contact, at, ZoneInfo(by.zone))
    audit.record(by.id, "pairings.recorded_contact", "contact", key, means=contact.means, minutes=minutes)
    tell_both_phones(pairing)
    return contact


def tell_both_phones(pairing: Pairing) -> None:
    """What both see of their pairing changed."""
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        feed.touch(person_id, "pairing", pairing.id)


def tell_partners(person: Person) -> None:
    """This person joined, left or came back: that begins, ends or goes on with the pairs they are in."""
    for pairing in open_pairings_of(person):
        tell_both_phones(pairing)


def answer_wish(pairing: Pairing, at: datetime) -> None:
    """The mentor wrote, or the two had contact: an open "I'd like to talk" is answered, and no push says it later."""
    asked_in = pairing.talk_wanted_checkin
    if pairing.answer_talk_request(at):
        take_back(pairing.mentor, "talk_wanted", str(asked_in))
        tell_both_phones(pairing)


def _is_of(contact: Contact, pairing: Pairing, by: Person, checkin_id: UUID | None) -> bool:
    same_row = contact.pairing_id == pairing.id and contact.recorded_by_id == by.id
    return same_row and contact.checkin_id == checkin_id


def _remove(contact: Contact | None, op: UUID, at: datetime) -> None:
    if contact is not None and contact.taken_back_at is None:
        contact.taken_back_at, contact.head = at, op
        audit.record(contact.recorded_by_id, "pairings.took_contact_back", "contact", contact.id)
        tell_both_phones(contact.pairing)


def _answer_a_wish(contact: Contact, at: datetime, zone: ZoneInfo) -> None:
    """Any contact since "I'd like to talk" answers it, unless it stands in the very check-in that asks."""
    pairing = contact.pairing
    wish, asked_in = pairing.talk_wanted_since, pairing.talk_wanted_checkin
    own = contact.checkin_id is not None and contact.checkin_id == asked_in
    if wish is not None and not own and contact.happened_on >= wish.astimezone(zone).date():
        answer_wish(pairing, at)
