"""The next mentor for a mentee whose offer from a run came to nothing."""

from __future__ import annotations

from sqlalchemy import select

from webapp.database import db
from webapp.matching.offers.actions.making import OfferWanted, make_offers
from webapp.matching.offers.choosing import mentors_for
from webapp.matching.offers.models import Offer
from webapp.matching.offers.rules import MOST_IN_A_ROW


def offer_the_next(offer: Offer) -> Offer | None:
    """Ask the best mentor with a place whom the mentee was not asked about before; None when a person has to look.

    A pair that a coordinator chose by hand is hers to think over, and so is a mentee who was asked often enough.
    """
    if offer.run_id is None or not offer.mentee.is_active:
        return None
    before = select(Offer.mentor_id, Offer.run_id).where(
        Offer.programme_id == offer.programme_id, Offer.mentee_id == offer.mentee_id
    )
    asked = db.session.execute(before).all()
    if sum(1 for _, run_id in asked if run_id == offer.run_id) >= MOST_IN_A_ROW:
        return None
    fits = mentors_for(offer.programme, offer.mentee_id, but={mentor_id for mentor_id, _ in asked})
    if not fits:
        return None
    wanted = OfferWanted(offer.mentee_id, fits[0].mentor_id, offer.run_id, fits[0].explanation)
    return next(iter(make_offers(offer.programme, [wanted], offer.made_by).made), None)
