"""Saying yes, "not this time", and thinking again."""

from __future__ import annotations

from webapp import audit
from webapp.clock import now
from webapp.database import uuid7
from webapp.matching.offers.actions.closing import close
from webapp.matching.offers.actions.telling import say_it_is_over, tell_coordinators
from webapp.matching.offers.models import Offer, OfferAnswer
from webapp.matching.offers.places import hold_places, pairs_of_mentors
from webapp.matching.offers.rules import FULL, LEFT, OVERTAKEN, PAIRED
from webapp.pairings import CannotPair, has_mentor, make_pair
from webapp.people import Person
from webapp.programmes import enrolled_in


def accept(person: Person, offer: Offer) -> None:
    """Yes. With the other's yes the two are a pair at once.

    Where that cannot be any more, because somebody left or the place is gone, the offer is over instead. An offer that
    is over stays as it is. All of these are inside a write transaction.
    """
    hold_places(offer.programme_id)
    if offer.can_be_answered:
        answer = _answer(person, offer)
        if answer.accepted_at is None:
            answer.said_at = answer.accepted_at = now()
            answer.declined_at = None
            answer.give_reason("")
            audit.record(person.id, "offers.accepted", "offer", offer.id)
        if offer.both_accepted():
            _pair(person, offer)


def decline(person: Person, offer: Offer) -> None:
    """Not this time. The other is told in a while, so that it can be taken back."""
    hold_places(offer.programme_id)
    if offer.can_be_answered:
        answer = _answer(person, offer)
        if answer.declined_at is None:
            answer.said_at = answer.declined_at = now()
            answer.accepted_at = None
            audit.record(person.id, "offers.declined", "offer", offer.id)


def say_why(person: Person, offer: Offer, because: str) -> None:
    """Why not this time: for the coordinator alone, as long as she can act on it."""
    answer = offer.answer_of(person.id)
    if answer is not None and answer.declined_at is not None:
        answer.give_reason(because)
        audit.record(person.id, "offers.said_why", "offer", offer.id)


def think_again(person: Person, offer: Offer) -> bool:
    """Take back "not this time", while nobody has been told; whether it could be."""
    hold_places(offer.programme_id)
    answer = offer.answer_of(person.id)
    if not offer.is_open or answer is None:
        return False
    if answer.declined_at is not None:
        offer.answers.remove(answer)
        audit.record(person.id, "offers.thought_again", "offer", offer.id)
    return True


def _answer(person: Person, offer: Offer) -> OfferAnswer:
    answer = offer.answer_of(person.id)
    if answer is None:
        answer = OfferAnswer(id=uuid7(), offer_id=offer.id, person_id=person.id)
        offer.answers.append(answer)
    return answer


def _pair(last: Person, offer: Offer) -> None:
    reason = _why_not(offer)
    if reason is None:
        try:
            pairing = make_pair(offer.made_by, offer.programme, offer.mentee, offer.mentor, offer.why)
        except CannotPair as cannot:
            reason = OVERTAKEN if cannot.reason == "has_mentor" else LEFT
    if reason is None:
        offer.pairing_id = pairing.id
        close(offer, PAIRED, last.id)
        say_it_is_over(offer, last.id)
    else:
        close(offer, reason, last.id)
        say_it_is_over(offer, last.id)
        tell_coordinators(offer.programme, offer.mentee, offer.mentor)


def _why_not(offer: Offer) -> str | None:
    """What changed since the offer was made."""
    taking_part = {(each.person_id, each.role): each.capacity for each in enrolled_in(offer.programme)}
    capacity = taking_part.get((offer.mentor_id, "mentor"))
    if capacity is None or (offer.mentee_id, "mentee") not in taking_part:
        return LEFT
    if has_mentor(offer.programme, offer.mentee):
        return OVERTAKEN
    return FULL if pairs_of_mentors(offer.programme_id)[offer.mentor_id] >= capacity else None
