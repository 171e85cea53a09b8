"""Offers as these tests need them."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from tests.client import Browser
from tests.pairings.writing_down import somebody
from tests.people import Cast
from webapp.database import db, writing
from webapp.matching import Evidence, Explanation
from webapp.matching.offers import Offer, Offered, OfferWanted, make_offers
from webapp.pairings import Pairing, active_pairings_of
from webapp.people import Person
from webapp.programmes import Programme, enrol

REASONS = Explanation(750_000, (), Evidence(goals=("wound care",)))


def offer(cast: Cast, mentee: UUID, mentor: UUID, **more: object) -> Offered:
    """Carol offers this pair."""
    return offer_all(cast, OfferWanted(mentee, mentor, **more))  # type: ignore[arg-type]


def offer_all(cast: Cast, *wanted: OfferWanted) -> Offered:
    with writing():
        return make_offers(db.session.get_one(Programme, cast.programme), wanted, somebody(cast.carol))


def may_have(cast: Cast, mentor: UUID, capacity: int) -> None:
    """This mentor takes part and has time for so many mentees."""
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        enrol(somebody(cast.carol), programme, db.session.get_one(Person, mentor), "mentor", capacity=capacity)


def the_offer(offer_id: UUID) -> Offer:
    """As it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Offer, offer_id)


def say(app: Flask, person_id: UUID, offer_id: UUID, what: str, **form: object) -> Browser:
    """Press one of the buttons of an offer; the answer leads on."""
    browser = Browser(app).sign_in(person_id)
    response = browser.fill_in(f"/offers/{offer_id}", form, action=f"/offers/{offer_id}/{what}")
    assert response.status_code == 303, response.text
    return browser


def partners_of(person_id: UUID) -> set[UUID]:
    db.session.rollback()
    pairs: list[Pairing] = active_pairings_of(somebody(person_id))
    return {each.partner_of(somebody(person_id)).id for each in pairs}
