"""Loading introductions: a pair's for its two, one's own to answer, and whom a mentor may introduce the mentee to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import func, or_, select

from webapp.clock import now
from webapp.database import db
from webapp.pairings.apart.reads import stand_apart
from webapp.pairings.in_line.rules import is_in_line
from webapp.pairings.introductions.models import Introduction, OpenToIntroduction
from webapp.pairings.introductions.rules import MOST_AT_A_TIME, NEWS_FOR, NOT_AGAIN_FOR, OPEN_FOR
from webapp.pairings.models import Pairing
from webapp.people import Person
from webapp.programmes import Enrolment, enrolments_of
from webapp.staff import reporting_chains, staff_facts


def may_be_open(person: Person) -> bool:
    """Whether this person may say that they are open to being introduced: a mentor, by role or in a programme."""
    return "mentor" in person.roles or any(part.role == "mentor" for part in enrolments_of(person))


def openness_of(person: Person) -> OpenToIntroduction | None:
    """What this person says they are open to."""
    return db.session.get(OpenToIntroduction, person.id)


def introductions_of(pairing: Pairing) -> list[Introduction]:
    """Those of a pair, newest first; what the mentor took back is left out."""
    standing = select(Introduction).where(Introduction.pairing_id == pairing.id, Introduction.taken_back_at.is_(None))
    return list(db.session.scalars(standing.order_by(Introduction.proposed_at.desc(), Introduction.id.desc())))


def introduction_or_404(reader: Person, introduction_id: UUID) -> Introduction:
    """One for the two who are asked and for the mentor; 404 otherwise."""
    introduction = db.session.get(Introduction, introduction_id)
    if introduction is None or not (introduction.asks(reader) or introduction.pairing.mentor_id == reader.id):
        abort(404)
    return introduction


def introduced_to(person: Person) -> list[Introduction]:
    """Those in which somebody was introduced to this person, newest first."""
    theirs = select(Introduction).where(Introduction.person_id == person.id, Introduction.introduced_at.is_not(None))
    return list(db.session.scalars(theirs.order_by(Introduction.introduced_at.desc(), Introduction.id)))


def introductions_for_today(person: Person) -> tuple[list[Introduction], list[Introduction]]:
    """Those to answer, and those that came about not long ago, of one of the two who are asked."""
    at = now()
    asked = or_(Introduction.person_id == person.id, Pairing.mentee_id == person.id)
    recent = or_(Introduction.introduced_at > at - NEWS_FOR, Introduction.introduced_at.is_(None))
    rows = db.session.scalars(
        select(Introduction)
        .join(Introduction.pairing)
        .where(asked, recent, Introduction.closed_at.is_(None))
        .order_by(Introduction.proposed_at, Introduction.id)
    ).all()
    return (
        [each for each in rows if can_be_answered(each, at) and each.agreed_at(person) is None],
        [each for each in rows if each.introduced_at is not None],
    )


def can_be_answered(introduction: Introduction, at: datetime) -> bool:
    """Whether the two may say yes or no now; while the pair is held nothing new is shared."""
    return introduction.is_open(at) and introduction.pairing.is_active()


def can_introduce(pairing: Pairing, at: datetime) -> bool:
    """Whether the mentor of this pair may begin one now: not in a pause, not while it is held, not after the end."""
    return pairing.is_active() and not pairing.is_friends and not pairing.is_paused(at)


def people_open_for(pairing: Pairing, at: datetime) -> list[OpenToIntroduction]:
    """Whom the mentor may introduce the mentee to, by name: people of the programme who are open and stand in no line
    with the mentee. Whoever is not there is not said to be missing."""
    taking_part = select(Enrolment.person_id).where(
        Enrolment.programme_id == pairing.programme_id, Enrolment.left_at.is_(None)
    )
    mentoring = select(Pairing.mentor_id).where(
        Pairing.programme_id == pairing.programme_id, Pairing.ended_at.is_(None)
    )
    person_id = OpenToIntroduction.person_id
    rows = db.session.scalars(
        select(OpenToIntroduction)
        .join(OpenToIntroduction.person)
        .where(Person.joined_at.is_not(None), Person.closed_at.is_(None))
        .where(or_(person_id.in_(taking_part), person_id.in_(mentoring)))
        .where(person_id.not_in([pairing.mentor_id, pairing.mentee_id]))
        .where(person_id.not_in(_asked_for(pairing, at)), person_id.not_in(_asked_enough(at)))
        .order_by(Person.name, Person.id)
    ).all()
    apart = _apart(pairing.mentee_id, [each.person_id for each in rows])
    return [each for each in rows if each.person_id not in apart]


def may_meet(introduction: Introduction) -> bool:
    """Whether nothing came between the two since they were asked: both are here, and in no line with one another."""
    both_here = introduction.mentee.has_joined() and introduction.person.has_joined()
    return both_here and not _apart(introduction.mentee.id, [introduction.person_id])


def _asked_for(pairing: Pairing, at: datetime) -> list[UUID]:
    """Who is or was introduced to this mentee, or was asked not long ago."""
    lately = or_(Introduction.closed_at.is_(None), Introduction.closed_at > at - NOT_AGAIN_FOR)
    asked = select(Introduction.person_id).join(Introduction.pairing)
    of_her = (Pairing.mentee_id == pairing.mentee_id, Introduction.taken_back_at.is_(None))
    return list(db.session.scalars(asked.where(lately, *of_her)))


def _asked_enough(at: datetime) -> list[UUID]:
    """Who has as many questions open as anybody should."""
    still_open = (
        Introduction.closed_at.is_(None),
        Introduction.introduced_at.is_(None),
        Introduction.proposed_at > at - OPEN_FOR,
    )
    counted = select(Introduction.person_id).where(*still_open).group_by(Introduction.person_id)
    return list(db.session.scalars(counted.having(func.count() >= MOST_AT_A_TIME)))


def _apart(mentee_id: UUID, others: list[UUID]) -> set[UUID]:
    """Which of the others stand in a line with the mentee at work, or do not want to meet, from either side."""
    if not others:
        return set()
    people = {mentee_id, *others}
    chains = reporting_chains(people)
    assessors = {person_id: facts.assessor for person_id, facts in staff_facts(people).items()}
    in_line = {each for each in others if is_in_line(each, mentee_id, chains, assessors)}
    return in_line | stand_apart(mentee_id, others)
