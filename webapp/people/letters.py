"""The letters of this room: who they come from and in which language."""

from __future__ import annotations

from webapp.config import current_settings
from webapp.mail import Letter, write_letter
from webapp.people.models import Person, the_organisation


def letter_to(person: Person, name: str, **facts: object) -> Letter | None:
    """A letter from `templates/mail/`, or None for somebody without an e-mail address."""
    if not person.email:
        return None
    organisation = the_organisation()
    sender = organisation.sender_name if organisation else "Friendtor"
    facts |= {"first_name": person.first_name, "site": current_settings().public_url}
    return write_letter(name, person.email, person.lang, sender, **facts)
