"""What people are told of an offer: neutral words, at a decent hour, and never who said no."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from webapp.clock import now
from webapp.matching.offers.models import Offer
from webapp.matching.offers.rules import OPEN_FOR
from webapp.matching.offers.sight import looks_after
from webapp.people import Person
from webapp.programmes import Programme
from webapp.push import Message, take_back, tell

ASKED, NEWS, DESK = "offer", "offer_news", "programme_news"


def begin_to_ask(offer: Offer) -> None:
    """Ask both, once both have joined; until then nobody learns of it, and no days run."""
    if offer.asked_at is None and offer.mentee.has_joined() and offer.mentor.has_joined():
        offer.asked_at = now()
        offer.expires_at = offer.asked_at + OPEN_FOR
        for person in (offer.mentee, offer.mentor):
            tell(person, Message(ASKED, str(offer.id), f"/offers/{offer.id}"))


def remind(offer: Offer, at: datetime) -> None:
    """Ask whoever has not answered a second and last time."""
    offer.reminded_at = at
    for person in (offer.mentee, offer.mentor):
        if offer.answer_of(person.id) is None:
            tell(person, Message(ASKED, f"{offer.id}:again", f"/offers/{offer.id}"))


def say_it_is_over(offer: Offer, *but: UUID) -> None:
    """There is news for the two of an offer, but for those who know; what was not sent yet is not sent."""
    for person in (offer.mentee, offer.mentor):
        for key in (str(offer.id), f"{offer.id}:again"):
            take_back(person, ASKED, key)
        if offer.asked_at is not None and person.id not in but:
            tell(person, Message(NEWS, str(offer.id)))


def tell_coordinators(programme: Programme, mentee: Person, mentor: Person) -> None:
    """There is news for those who coordinate the two, at most once a day for each of them."""
    for row in programme.coordinators:
        if row.person.has_joined() and looks_after(row.person, programme, mentee, mentor):
            tell(row.person, Message(DESK, str(programme.id), f"/programme/{programme.id}/offers"))
