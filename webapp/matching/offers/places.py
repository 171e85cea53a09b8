"""How many more mentees each mentor has a place for."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.matching.offers.models import MentorRequest, Offer
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.programmes import Enrolment, Programme


def hold_places(programme_id: UUID) -> None:
    """Nobody else gives away a place of this programme until the transaction ends.

    Two who looked at the same time would both find the last place free. What was read before is read anew.
    """
    db.session.flush()
    row = select(Programme.id).where(Programme.id == programme_id)
    db.session.execute(row.with_for_update(key_share=True))
    db.session.expire_all()


def free_places(programme_id: UUID) -> dict[UUID, int]:
    """Each mentor who takes part: the mentees they have time for, without pairs, open offers and what they promised.

    It is less than nothing where a coordinator gave somebody more mentees by hand.
    """
    capacities = (
        select(Enrolment.person_id, Enrolment.capacity)
        .join(Person, Enrolment.person_id == Person.id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.role == "mentor",
            Enrolment.left_at.is_(None),
            Person.closed_at.is_(None),
        )
    )
    offered = select(Offer.mentor_id).where(Offer.programme_id == programme_id, Offer.closed_at.is_(None))
    promised = select(MentorRequest.mentor_id).where(
        MentorRequest.programme_id == programme_id,
        MentorRequest.closed_at.is_(None),
        MentorRequest.accepted_at.is_not(None),
    )
    taken = pairs_of_mentors(programme_id)
    taken.update(db.session.scalars(offered))
    taken.update(db.session.scalars(promised))
    return {mentor: capacity - taken[mentor] for mentor, capacity in db.session.execute(capacities)}


def mentors_with_a_place(programme_id: UUID, mentee_id: UUID) -> frozenset[UUID]:
    """Who has a place for this mentee: also who has her already, or is asked about her."""
    with_her = [
        select(model.mentor_id).where(model.programme_id == programme_id, model.mentee_id == mentee_id, is_open)
        for model, is_open in ((Pairing, Pairing.ended_at.is_(None)), (Offer, Offer.closed_at.is_(None)))
    ]
    free = {mentor for mentor, places in free_places(programme_id).items() if places > 0}
    return frozenset(free.union(*(db.session.scalars(each) for each in with_her)))


def asked_mentees(programme_id: UUID) -> frozenset[UUID]:
    """Mentees without a mentor for whom a place is held: both are asked, or a mentor said yes to her question."""
    offered = select(Offer.mentee_id).where(Offer.programme_id == programme_id, Offer.closed_at.is_(None))
    promised = select(MentorRequest.mentee_id).where(
        MentorRequest.programme_id == programme_id,
        MentorRequest.closed_at.is_(None),
        MentorRequest.accepted_at.is_not(None),
    )
    asked = {*db.session.scalars(offered), *db.session.scalars(promised)}
    return frozenset(asked - pairs_of_mentees(programme_id))


def pairs_of_mentors(programme_id: UUID) -> Counter[UUID]:
    """How many mentees each mentor has in this programme."""
    pairs = select(Pairing.mentor_id).where(Pairing.programme_id == programme_id, Pairing.ended_at.is_(None))
    return Counter(db.session.scalars(pairs))


def pairs_of_mentees(programme_id: UUID) -> frozenset[UUID]:
    """The mentees who have a mentor in this programme."""
    pairs = select(Pairing.mentee_id).where(Pairing.programme_id == programme_id, Pairing.ended_at.is_(None))
    return frozenset(db.session.scalars(pairs))
