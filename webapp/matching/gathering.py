"""Everybody whom a run is about, from the database: hardly more questions for a thousand people than for ten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from webapp.clock import now
from webapp.database import db
from webapp.matching.cohort import Cohort, Standing
from webapp.matching.offers.models import MentorRequest, Offer
from webapp.matching.offers.rules import DECLINED
from webapp.matching.people import Demand, DemandKind, Goal, Leaning, Mentee, Mentor, Slider
from webapp.matching.vocabulary import Vocabulary
from webapp.matching.week import UsualShift
from webapp.pairings import Pairing, all_kept_apart
from webapp.profiles import PartFacts, ProfileFacts, profiles_of, vocabulary
from webapp.programmes import Enrolment, Programme, enrolled_in
from webapp.staff import StaffFacts, licence_steps, line_managers, staff_facts

DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who is with whom, as (mentee, mentor): `accepted`, `offered` (both are asked now, or the mentor said yes to the
    mentee's own question and a coordinator decides) and `declined` ("not this time", by either) of this programme,
    `earlier` of any."""

    accepted: frozenset[tuple[UUID, UUID]] = frozenset()
    offered: frozenset[tuple[UUID, UUID]] = frozenset()
    declined: frozenset[tuple[UUID, UUID]] = frozenset()
    earlier: frozenset[tuple[UUID, UUID]] = frozenset()


def gather(
    programme: Programme,
    intake: UUID | None = None,
    locks: Mapping[UUID, UUID] | None = None,
    left_out: Collection[UUID] = (),
) -> Cohort:
    """The programme's people as matching sees them; ids are UUIDs as text.

    With an `intake` only its mentees are matched. `locks` are pairs that a coordinator keeps, each mentee's mentor;
    mentees who are `left_out` wait for another time. Mentees of the programme who have a mentor stay as they are.
    """
    people = enrolled_in(programme)
    pairs = pairs_of(programme)
    ids = {each.person_id for each in people}
    known = _Known(staff_facts(ids), profiles_of(ids), pairs.declined, all_kept_apart(), licence_steps(), now().date())
    waiting = {
        each.person_id
        for each in people
        if each.role == "mentee" and each.person_id not in left_out and intake in (None, each.cohort_id)
    }
    paired = {mentee for mentee, _ in pairs.accepted | pairs.offered}
    mentees = [each for each in people if each.role == "mentee" and each.person_id in waiting | paired]
    mentors = [each for each in people if each.role == "mentor"]
    there = {each.person_id for each in mentees}, {each.person_id for each in mentors}
    standing = _standing(pairs, locks or {}, *there)
    seen = {(UUID(each.mentee), UUID(each.mentor)) for each in standing}
    elsewhere = Counter(mentor for mentee, mentor in pairs.accepted | pairs.offered if (mentee, mentor) not in seen)
    without = paired - {mentee for mentee, _ in seen}
    return Cohort(
        mentees=tuple(known.mentee(each) for each in mentees if each.person_id not in without),
        mentors=tuple(known.mentor(each, elsewhere[each.person_id]) for each in mentors),
        managers={str(person): str(manager) for person, manager in line_managers().items()},
        earlier=frozenset((str(mentee), str(mentor)) for mentee, mentor in pairs.earlier),
        standing=standing,
        vocabulary=Vocabulary(dict(vocabulary().synonyms)),
    )


def pairs_of(programme: Programme) -> Pairs:
    """With three questions to the database."""
    rows = db.session.execute(
        select(Pairing.programme_id, Pairing.mentee_id, Pairing.mentor_id, Pairing.ended_at).where(
            or_(Pairing.programme_id == programme.id, Pairing.ended_at.is_not(None))
        )
    ).all()
    offers = db.session.execute(
        select(Offer.mentee_id, Offer.mentor_id, Offer.closed_how).where(
            Offer.programme_id == programme.id, or_(Offer.closed_at.is_(None), Offer.closed_how == DECLINED)
        )
    ).all()
    promised = db.session.execute(
        select(MentorRequest.mentee_id, MentorRequest.mentor_id).where(
            MentorRequest.programme_id == programme.id,
            MentorRequest.closed_at.is_(None),
            MentorRequest.accepted_at.is_not(None),
        )
    )
    offered = {(mentee, mentor) for mentee, mentor, ended in offers if ended is None}
    offered |= {(mentee, mentor) for mentee, mentor in promised}
    declined = {(mentee, mentor) for mentee, mentor, ended in offers if ended is not None}
    accepted = {(mentee, mentor) for _, mentee, mentor, ended in rows if ended is None}
    earlier = {(mentee, mentor) for _, mentee, mentor, ended in rows if ended is not None}
    return Pairs(frozenset(accepted), frozenset(offered), frozenset(declined), frozenset(earlier))


def _standing(
    pairs: Pairs, locks: Mapping[UUID, UUID], mentees: Collection[UUID], mentors: Collection[UUID]
) -> tuple[Standing, ...]:
    """The pairs of whom both take part; a lock gives way to what the two know of already."""
    found = {mentee: Standing(str(mentee), str(mentor), locked=True) for mentee, mentor in locks.items()}
    found |= {mentee: Standing(str(mentee), str(mentor)) for mentee, mentor in sorted(pairs.offered)}
    found |= {mentee: Standing(str(mentee), str(mentor), accepted=True) for mentee, mentor in pairs.accepted}
    both = (each for mentee, each in found.items() if mentee in mentees and UUID(each.mentor) in mentors)
    return tuple(sorted(both, key=lambda each: each.mentee))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the staff list and the profiles say of everybody."""

    facts: Mapping[UUID, StaffFacts]
    profiles: Mapping[UUID, ProfileFacts]
    declined: frozenset[tuple[UUID, UUID]]
    apart: Mapping[UUID, frozenset[UUID]]
    step_of: Callable[[str | None], int | None]
    today: date

    def mentee(self, enrolment: Enrolment) -> Mentee:
        profile, part = self._said(enrolment)
        assessor = self.facts[enrolment.person_id].assessor
        return Mentee(
            **self._either_side(enrolment, profile, part),
            goals=tuple(Goal(each.word, each.priority) for each in part.goals),
            blocks=frozenset(map(str, self.apart.get(enrolment.person_id, ()))),
            leaning=Leaning(profile.leaning),
            demands=frozenset(Demand(DemandKind(each.kind), each.value) for each in part.musts),
            assessors=frozenset([str(assessor)] if assessor else []),
        )

    def mentor(self, enrolment: Enrolment, elsewhere: int) -> Mentor:
        profile, part = self._said(enrolment)
        return Mentor(
            **self._either_side(enrolment, profile, part),
            expertise=frozenset(each.word for each in part.goals),
            blocks=frozenset(str(mentee) for mentee, mentor in self.declined if mentor == enrolment.person_id),
            capacity=enrolment.capacity,
            active=elsewhere,
            trained=self.facts[enrolment.person_id].trained_on is not None,
        )

    def _said(self, enrolment: Enrolment) -> tuple[ProfileFacts, PartFacts]:
        profile = self.profiles[enrolment.person_id]
        return profile, profile.part(enrolment.id)

    def _either_side(self, enrolment: Enrolment, profile: ProfileFacts, part: PartFacts) -> dict[str, Any]:
        person, facts = enrolment.person, self.facts[enrolment.person_id]
        return {
            "id": str(person.id),
            "languages": profile.languages,
            "interests": profile.interests,
            "shifts": tuple(UsualShift(each.day, each.start, each.minutes) for each in profile.shifts),
            "sliders": {key: Slider(said.value, Leaning(said.leaning)) for key, said in profile.style.items()},
            "background": profile.background,
            "wishes": tuple(map(str, part.wishes)),
            "vetoes": frozenset(map(str, part.vetoes)),
            "units": frozenset(map(str, facts.units)),
            "site": str(person.unit.site_id) if person.unit else None,
            "employer": facts.employer,
            "level": self.step_of(facts.licence),
            "months": int((self.today - facts.starts_on).days / DAYS_A_MONTH) if facts.starts_on else None,
            "paused": self._is_away(facts),
        }

    def _is_away(self, facts: StaffFacts) -> bool:
        """On leave, or gone by what the staff list says."""
        on_leave = facts.leave_until is not None and facts.leave_until >= self.today
        gone = facts.left_on is not None or (facts.ends_on is not None and facts.ends_on < self.today)
        return on_leave or gone
