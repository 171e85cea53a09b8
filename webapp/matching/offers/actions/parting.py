"""What two people are asked about one another is over once a coordinator keeps them apart."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from webapp.database import db
from webapp.matching.offers.actions.closing import withdraw
from webapp.matching.offers.actions.requests import call_off
from webapp.matching.offers.models import MentorRequest, Offer
from webapp.people import Person


def ask_no_more(coordinator: Person, two: tuple[Person, Person]) -> None:
    """Take back every open offer and question between these, kindly. Inside a write transaction."""
    for offer in db.session.scalars(select(Offer).where(_between(Offer, two), Offer.closed_at.is_(None))).all():
        withdraw(coordinator, offer)
    theirs = select(MentorRequest).where(_between(MentorRequest, two), MentorRequest.closed_at.is_(None))
    for request in db.session.scalars(theirs).all():
        call_off(coordinator, request)


def _between(model: type[Offer] | type[MentorRequest], two: tuple[Person, Person]) -> ColumnElement[bool]:
    one, other = (each.id for each in two)
    return or_(
        and_(model.mentee_id == one, model.mentor_id == other), and_(model.mentee_id == other, model.mentor_id == one)
    )
