"""What was taken back before it came stays gone, and an id that is in use is nobody else's to use."""

from __future__ import annotations

from webapp.database import db
from webapp.ledger import Gone, Refused, Written
from webapp.pairings.models import Contact, Note, TakenBack
from webapp.people import Person


def refuse_what_is_there(model: type[Note] | type[Contact], author: Person, written: Written) -> None:
    """Before a new row: raises Refused("not_allowed") when its id is used, Gone when its author took it back."""
    if db.session.get(model, written.entity) is not None:
        raise Refused("not_allowed")
    tombstone = db.session.get(TakenBack, written.entity)
    if tombstone is not None and tombstone.author_id == author.id:
        raise Gone


def leave_tombstone(author: Person, written: Written) -> None:
    """Remember a taking back of what has not come yet."""
    if db.session.get(TakenBack, written.entity) is None:
        db.session.add(TakenBack(id=written.entity, author_id=author.id, taken_back_at=written.at))
