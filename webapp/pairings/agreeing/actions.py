"""Signing the agreement."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from webapp import audit
from webapp.database import db
from webapp.ledger import Conflict, Written
from webapp.pairings.agreeing.models import Signature
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person
from webapp.programmes import agreement_of, write_first_version


class SignFields(BaseModel):
    """The version that stood on the page."""

    version: int


def sign_agreement(author: Person, written: Written, pairing_id: UUID, fields: SignFields) -> None:
    """Sign the version that was read; once is enough. Raises Conflict when there is a newer one, or Refused."""
    pairing = open_pairing_of(author, pairing_id)
    write_first_version(author, pairing.programme)
    db.session.flush()
    if fields.version != agreement_of(pairing.programme).version:
        raise Conflict
    if db.session.get(Signature, (pairing.id, author.id, fields.version)) is None:
        db.session.add(
            Signature(
                pairing_id=pairing.id,
                person_id=author.id,
                version=fields.version,
                signed_as=author.name,
                signed_at=written.at,
            )
        )
        audit.record(author.id, "pairings.signed_agreement", "pairing", pairing.id, version=fields.version)
