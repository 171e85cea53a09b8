"""How an offer ends without a pair: passed on, expired, withdrawn, or because somebody left."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from webapp import audit
from webapp.clock import now
from webapp.matching.offers.actions.telling import begin_to_ask, say_it_is_over, tell_coordinators
from webapp.matching.offers.models import Offer
from webapp.matching.offers.places import hold_places
from webapp.matching.offers.reads.offers import open_offers_with
from webapp.matching.offers.rules import LEFT, WITHDRAWN
from webapp.people import Person


def close(offer: Offer, how: str, by: UUID | None, at: datetime | None = None) -> None:
    """It is over; `how` is one of rules.ENDS. Nobody is told here."""
    offer.closed_at, offer.closed_how = at or now(), how
    audit.record(by, "offers.closed", "offer", offer.id, how=how)


def withdraw(coordinator: Person, offer: Offer) -> None:
    """The coordinator takes it back; both learn that it is over. Once is enough."""
    hold_places(offer.programme_id)
    if offer.is_open:
        close(offer, WITHDRAWN, coordinator.id)
        say_it_is_over(offer)


def follow_presence(person: Person) -> None:
    """Somebody joined, so that they can be asked; or left, so that their offers are over."""
    for offer in open_offers_with(person):
        if person.is_active:
            begin_to_ask(offer)
        else:
            close(offer, LEFT, None)
            say_it_is_over(offer, person.id)
            tell_coordinators(offer.programme, offer.mentee, offer.mentor)
