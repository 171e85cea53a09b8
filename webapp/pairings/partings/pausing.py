"""A pause: until a day nobody is reminded of anything, and no days without contact are counted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from webapp import audit
from webapp.ledger import Refused, Written
from webapp.pairings.actions.contacts import tell_both_phones
from webapp.pairings.fields import NoFields
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person


class PauseFields(BaseModel):
    """The first day after the pause."""

    until: date


def pause(author: Person, written: Written, pairing_id: UUID, fields: PauseFields) -> None:
    """Pause the pair, or change until when. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    if fields.until <= written.local_date:
        raise Refused("invalid")
    pairing.paused_since, pairing.paused_until = pairing.paused_since or written.at, fields.until
    audit.record(author.id, "pairings.paused", "pairing", pairing.id, until=str(fields.until))
    tell_both_phones(pairing)


def resume(author: Person, written: Written, pairing_id: UUID, _fields: NoFields) -> None:
    """Go on from today; without a pause nothing changes. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    if pairing.is_paused(written.at):
        pairing.paused_since, pairing.paused_until = None, written.local_date
        audit.record(author.id, "pairings.resumed", "pairing", pairing.id)
        tell_both_phones(pairing)
