"""Offering mentors to mentees: both are asked, and nobody is paired by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.matching.closeup import Explanation
from webapp.matching.offers.actions.telling import begin_to_ask
from webapp.matching.offers.models import Offer
from webapp.matching.offers.places import free_places, hold_places
from webapp.pairings import CannotPair, Pairing, all_kept_apart
from webapp.people import Person
from webapp.programmes import Programme, enrol
from webapp.staff import reporting_chains, staff_facts


@dataclass(frozen=True, slots=True)
class OfferWanted:
    """A mentor for a mentee: from a run with its reasons, or by hand with one line that both read."""

    mentee_id: UUID
    mentor_id: UUID
    run_id: UUID | None = None
    reasons: Explanation | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not offered. `reason` is one of CannotPair's."""

    wanted: OfferWanted
    reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What `make_offers` did: each wanted pair stands in one of the two."""

    made: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]


def make_offers(programme: Programme, pairs: Sequence[OfferWanted], by: Person) -> Offered:
    """Ask both people of each pair, and tell them. Inside a write transaction.

    What cannot be any more (somebody left, has a mentor or an offer, the mentor's places are taken, one is above the
    other) is left out with its reason; the others are made all the same. Given again, nothing is offered twice.
    """
    hold_places(programme.id)
    people = _people({each.mentee_id for each in pairs} | {each.mentor_id for each in pairs})
    line, apart = _superiors(people), all_kept_apart()
    known = {each.mentor_id for each in pairs if each.mentor_id in people}
    free = dict.fromkeys(known, 1) | free_places(programme.id)  # who never took part yet has a place, as `enrol` gives
    taken = _paired(programme.id) | _offered(programme.id)
    made, left_out = [], []
    for wanted in pairs:
        reason = _why_not(programme, wanted, people, line, free, taken)
        if reason is None and wanted.mentor_id in apart.get(wanted.mentee_id, ()):
            reason = "not_available"
        if reason:
            left_out.append(LeftOut(wanted, reason))
            continue
        made.append(_make(programme, wanted, people, by))
        free[wanted.mentor_id] -= 1
        taken[wanted.mentee_id] = "has_offer"
    db.session.flush()
    return Offered(tuple(made), tuple(left_out))


def ask_both_first(by: Person, programme: Programme, mentee: Person, mentor: Person, why: str) -> None:
    """Offer one pair by hand. Raises CannotPair."""
    offered = make_offers(programme, [OfferWanted(mentee.id, mentor.id, why=why)], by)
    if offered.left_out:
        raise CannotPair(offered.left_out[0].reason)


def is_above(mentor_id: UUID, mentee_id: UUID, line: Mapping[UUID, Collection[UUID]]) -> bool:
    """Whether one of the two is the other's manager, over however many steps, or the mentor assesses the mentee."""
    return mentor_id in line.get(mentee_id, ()) or mentee_id in line.get(mentor_id, ())


def _why_not(
    programme: Programme,
    wanted: OfferWanted,
    people: Mapping[UUID, Person],
    line: Mapping[UUID, Collection[UUID]],
    free: Mapping[UUID, int],
    taken: Mapping[UUID, str],
) -> str | None:
    mentee, mentor = people.get(wanted.mentee_id), people.get(wanted.mentor_id)
    if not programme.is_running:
        return "not_running"
    if wanted.mentee_id == wanted.mentor_id:
        return "same_person"
    if mentee is None or mentor is None or not mentee.is_active or not mentor.is_active:
        return "left"
    if "mentee" not in mentee.roles:
        return "not_mentee"
    if "mentor" not in mentor.roles:
        return "not_mentor"
    if mentee.id in taken:
        return taken[mentee.id]
    if is_above(mentor.id, mentee.id, line):
        return "in_line"
    return None if free[mentor.id] > 0 else "no_room"


def _make(programme: Programme, wanted: OfferWanted, people: Mapping[UUID, Person], by: Person) -> Offer:
    mentee, mentor = people[wanted.mentee_id], people[wanted.mentor_id]
    offer = Offer(id=uuid7(), programme=programme, mentee=mentee, mentor=mentor, made_by=by, made_at=now())
    offer.run_id = wanted.run_id
    offer.give_reasons(wanted.why, wanted.reasons)
    db.session.add(offer)
    enrol(by, programme, mentee, "mentee")
    enrol(by, programme, mentor, "mentor")
    run = str(wanted.run_id) if wanted.run_id else None
    audit.record(by.id, "offers.made", "offer", offer.id, programme=str(programme.id), run=run)
    begin_to_ask(offer)
    return offer


def _people(ids: Collection[UUID]) -> dict[UUID, Person]:
    found = {each.id: each for each in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return {each: found[each] for each in ids if each in found}


def _superiors(people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Everybody above each person, and who assesses them."""
    chains, facts = reporting_chains(people), staff_facts(people)
    assessors = {each: facts[each].assessor for each in people if each in facts}
    return {each: {*chains[each], *filter(None, [assessors.get(each)])} for each in people}


def _paired(programme_id: UUID) -> dict[UUID, str]:
    pairs = select(Pairing.mentee_id).where(Pairing.programme_id == programme_id, Pairing.ended_at.is_(None))
    return dict.fromkeys(db.session.scalars(pairs), "has_mentor")


def _offered(programme_id: UUID) -> dict[UUID, str]:
    offers = select(Offer.mentee_id).where(Offer.programme_id == programme_id, Offer.closed_at.is_(None))
    return dict.fromkeys(db.session.scalars(offers), "has_offer")
