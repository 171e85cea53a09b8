"""The reasons of an offer as one of its readers may know them."""

from __future__ import annotations

from sqlalchemy import select

from webapp.database import db
from webapp.matching.offers.models import Offer
from webapp.matching.retelling import reasons_in_words
from webapp.matching.words import Reading
from webapp.pairings import Pairing
from webapp.people import Person


def reasons_for(offer: Offer, reader: Reading) -> list[str]:
    """In the language of the page: the line of whoever offered, then what matching said."""
    own = [offer.why] if offer.why else []
    return [*own, *(reasons_in_words(offer.explanation, reader) if offer.explanation else ())]


def why_together(pairing: Pairing, reader: Person) -> list[str]:
    """Why the two of a pair were matched, as this one of them may know it: also where only matching said so."""
    made_it = select(Offer).where(Offer.pairing_id == pairing.id, Offer.reasons_sealed.is_not(None)).limit(1)
    offer = db.session.scalar(made_it)
    own = [pairing.why] if pairing.why else []
    if offer is None or offer.explanation is None:
        return own
    return [*own, *reasons_in_words(offer.explanation, "mentor" if reader.id == pairing.mentor_id else "mentee")]
