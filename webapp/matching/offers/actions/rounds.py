"""What happens to offers by themselves: the second ask, "not this time" passed on, the end of seven days."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from webapp.clock import now
from webapp.database import db, writing
from webapp.matching.offers.actions.again import offer_the_next
from webapp.matching.offers.actions.closing import close
from webapp.matching.offers.actions.requests import end_request, requests_due
from webapp.matching.offers.actions.telling import remind, say_it_is_over, tell_coordinators
from webapp.matching.offers.models import Offer, OfferAnswer
from webapp.matching.offers.places import hold_places
from webapp.matching.offers.rules import DECLINED, EXPIRED, OPEN_FOR, OVERTAKEN, REMIND_AFTER, UNDO_FOR
from webapp.pairings import Pairing, has_mentor


def look_after_offers() -> int:
    """Do what is due, each offer and request in a transaction of its own; returns how many were touched.

    Any number of workers may: each looks again under the lock.
    """
    offers = list(db.session.scalars(select(Offer.id).where(_is_due(now())).order_by(Offer.id)))
    requests = list(db.session.scalars(requests_due(now())))
    db.session.rollback()
    for offer_id in offers:
        with writing():
            _look_after(offer_id, now())
    for request_id in requests:
        with writing():
            end_request(request_id, now())
    return len(offers) + len(requests)


def _is_due(at: datetime) -> ColumnElement[bool]:
    said_no = exists().where(OfferAnswer.offer_id == Offer.id, OfferAnswer.declined_at <= at - UNDO_FOR)
    remind_from = at + OPEN_FOR - REMIND_AFTER
    unreminded = and_(Offer.reminded_at.is_(None), Offer.expires_at <= remind_from)
    paired = exists().where(
        Pairing.programme_id == Offer.programme_id, Pairing.mentee_id == Offer.mentee_id, Pairing.ended_at.is_(None)
    )
    return and_(Offer.closed_at.is_(None), or_(said_no, unreminded, Offer.expires_at <= at, paired))


def _look_after(offer_id: UUID, at: datetime) -> None:
    offer = db.session.get_one(Offer, offer_id)
    hold_places(offer.programme_id)
    if not offer.is_open:
        return
    declined = [each for each in offer.declined() if each.said_at <= at - UNDO_FOR]
    if has_mentor(offer.programme, offer.mentee):
        close(offer, OVERTAKEN, None)
        say_it_is_over(offer, offer.mentee_id)  # who has a mentor now, and knows
    elif declined:
        _end(offer, DECLINED, *(each.person_id for each in offer.declined()))
    elif offer.expires_at is not None and offer.expires_at <= at:
        _end(offer, EXPIRED)
    elif offer.reminded_at is None and offer.asked_at is not None and offer.asked_at <= at - REMIND_AFTER:
        remind(offer, at)


def _end(offer: Offer, how: str, *knowing: UUID) -> None:
    close(offer, how, None)
    answer = offer.answer_of(offer.mentee_id)
    is_there = answer is not None or how == DECLINED  # a mentee who lets seven days pass is not asked by itself again
    following = offer_the_next(offer) if is_there else None
    say_it_is_over(offer, *knowing, *([offer.mentee_id] if following else []))
    tell_coordinators(offer.programme, offer.mentee, offer.mentor)
