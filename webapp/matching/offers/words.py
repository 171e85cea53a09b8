"""The reasons of an offer as one of its readers may know them."""

from __future__ import annotations

from webapp.matching.offers.models import Offer
from webapp.matching.words import Reading, sentences_for


def reasons_for(offer: Offer, reader: Reading) -> list[str]:
    """In the language of the page: the line of whoever offered, then what matching said."""
    own = [offer.why] if offer.why else []
    return [*own, *(sentences_for(offer.explanation, reader) if offer.explanation else ())]
