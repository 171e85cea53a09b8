"""Keeping the contacts right."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.safety.models import HelpContact


def keep_contact(
    by: Person,
    contact: HelpContact | None,
    *,
    kind: str,
    label: str,
    phone: str,
    note: str,
    lang: str,
    site_id: UUID | None,
) -> HelpContact:
    """Enter a contact, or change one; whoever writes a number down says that it is right today."""
    if contact is None:
        contact = HelpContact(id=uuid7())
        db.session.add(contact)
    contact.kind, contact.label, contact.phone, contact.note = kind, label, phone, note
    contact.lang, contact.site_id = lang, site_id
    confirm_contact(by, contact)
    return contact


def confirm_contact(by: Person, contact: HelpContact) -> None:
    """Somebody rang it, or knows that it is right."""
    contact.confirmed_on = now().astimezone(ZoneInfo(by.zone)).date()
    audit.record(by.id, "safety.confirmed_contact", "help_contact", contact.id, kind=contact.kind)


def remove_contact(by: Person, contact: HelpContact) -> None:
    """Take a contact off every page."""
    audit.record(by.id, "safety.removed_contact", "help_contact", contact.id, kind=contact.kind)
    db.session.delete(contact)
