"""Loading offers: a person starts from their own, a coordinator from her programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import or_, select

from webapp.database import db
from webapp.matching.offers.models import Offer
from webapp.matching.offers.rules import NEEDS_ANOTHER, NEWS_FOR, OVERTAKEN, WITHDRAWN
from webapp.matching.offers.sight import looks_after
from webapp.people import Person
from webapp.programmes import Programme, enrolled_in, programme_or_404


def open_offers_with(person: Person) -> list[Offer]:
    """Those that are open and about this person, asked or not, oldest first."""
    return [each for each in _of(person) if each.is_open]


def offers_for(person: Person) -> list[Offer]:
    """What this person is asked now, oldest first."""
    return [each for each in open_offers_with(person) if each.can_be_answered]


def news_for(person: Person, at: datetime) -> Offer | None:
    """The newest offer that ended for this person not long ago, by nothing they did themselves; None after another.

    Whoever said no knows.
    """
    asked = [each for each in _of(person) if each.asked_at is not None]
    if not asked:
        return None
    last = asked[-1]
    answer = last.answer_of(person.id)
    said_no = answer is not None and answer.declined_at is not None
    fresh = last.closed_at is not None and at - last.closed_at < NEWS_FOR
    ended = (*NEEDS_ANOTHER, WITHDRAWN, *((OVERTAKEN,) if last.mentor_id == person.id else ()))
    return last if fresh and last.closed_how in ended and not said_no else None


def own_offer_or_404(person: Person, offer_id: UUID) -> Offer:
    """An offer to this person that they were asked about, ended ones included; 404 otherwise."""
    offer = db.session.get(Offer, offer_id)
    if offer is None or not offer.includes(person) or offer.asked_at is None:
        abort(404)
    return offer


def coordinated_offer_or_404(coordinator: Person, programme_id: UUID, offer_id: UUID) -> Offer:
    """An offer of a programme and of people whom this coordinator holds; 404 otherwise."""
    programme = programme_or_404(coordinator, programme_id)
    offer = db.session.get(Offer, offer_id)
    if offer is None or offer.programme_id != programme.id:
        abort(404)
    if not looks_after(coordinator, programme, offer.mentee, offer.mentor):
        abort(404)
    return offer


def offers_of(programme: Programme, coordinator: Person) -> list[Offer]:
    """All offers of a programme that this coordinator may see, the newest first."""
    rows = select(Offer).where(Offer.programme_id == programme.id).order_by(Offer.made_at.desc(), Offer.id.desc())
    return [each for each in db.session.scalars(rows) if looks_after(coordinator, programme, each.mentee, each.mentor)]


def waiting_for_another(offers: Iterable[Offer], programme: Programme, paired: frozenset[UUID]) -> list[Offer]:
    """The last offer of each mentee who takes part, has no mentor and no open offer: those need a new proposal.

    `offers` come newest first.
    """
    taking_part = {each.person_id for each in enrolled_in(programme) if each.role == "mentee"}
    last: dict[UUID, Offer] = {}
    for each in offers:
        last.setdefault(each.mentee_id, each)
    return [
        each for each in last.values() if each.closed_how in NEEDS_ANOTHER and each.mentee_id in taking_part - paired
    ]


def _of(person: Person) -> list[Offer]:
    theirs = or_(Offer.mentee_id == person.id, Offer.mentor_id == person.id)
    return list(db.session.scalars(select(Offer).where(theirs).order_by(Offer.made_at, Offer.id)))
