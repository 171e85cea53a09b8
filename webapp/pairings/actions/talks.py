"""Logging a talk by itself, from either side: a mentor from the mentee's card, offline too."""

from __future__ import annotations

from datetime import timedelta

from webapp import feed
from webapp.database import db
from webapp.ledger import Gone, Refused, Written
from webapp.pairings.actions.contacts import record_contact
from webapp.pairings.actions.tombstones import leave_tombstone, refuse_what_is_there
from webapp.pairings.fields import NoFields, TalkFields
from webapp.pairings.models import Contact, Pairing
from webapp.pairings.reads import open_pairing_of, refuse_unless_active
from webapp.people import Person


def record_talk(author: Person, written: Written, fields: TalkFields) -> None:
    """Log a talk. Raises Refused, or Gone when it was taken back before it came."""
    refuse_what_is_there(Contact, author, written)
    _record(open_pairing_of(author, fields.pairing), author, written, fields)


def enter_talk(coordinator: Person, written: Written, fields: TalkFields) -> None:
    """Enter a talk for a pair without a phone: the day and how, never what was said. Raises Refused."""
    refuse_what_is_there(Contact, coordinator, written)
    pairing = db.session.get(Pairing, fields.pairing)
    if pairing is None or not pairing.programme.is_coordinated_by(coordinator):
        raise Refused("not_your_pairing")
    if pairing.is_friends:
        raise Refused("pairing_ended")
    refuse_unless_active(pairing)
    _record(pairing, coordinator, written, fields)


def amend_talk(author: Person, written: Written, fields: TalkFields) -> None:
    """Change a talk that its author logged. Raises Refused, or Gone once it was taken back."""
    contact = _own_talk(author, written)
    if contact.taken_back_at is not None:
        raise Gone
    if fields.pairing != contact.pairing_id:
        raise Refused("not_your_pairing")
    _record(contact.pairing, author, written, fields)


def take_talk_back(author: Person, written: Written, _fields: NoFields) -> None:
    """Take a talk back; a second time changes nothing. Raises Refused."""
    if db.session.get(Contact, written.entity) is None:
        leave_tombstone(author, written)
        return
    contact = _own_talk(author, written)
    record_contact(
        contact.pairing,
        author,
        None,
        contact.happened_on,
        None,
        op=written.op,
        at=written.at,
        contact_id=written.entity,
    )
    _touch(contact.pairing, written, gone=True)


def _record(pairing: Pairing, author: Person, written: Written, fields: TalkFields) -> None:
    if fields.on > written.local_date + timedelta(days=1):  # a phone east of the server may be a day ahead
        raise Refused("invalid")
    record_contact(
        pairing,
        author,
        fields.contact,
        fields.on,
        fields.minutes,
        op=written.op,
        at=written.at,
        contact_id=written.entity,
    )
    _touch(pairing, written)


def _own_talk(author: Person, written: Written) -> Contact:
    contact = db.session.get(Contact, written.entity)
    if contact is None or contact.recorded_by_id != author.id or contact.checkin_id is not None:
        raise Refused("not_found")
    return contact


def _touch(pairing: Pairing, written: Written, gone: bool = False) -> None:
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        feed.touch(person_id, "talk", written.entity, gone=gone)
