"""Whom somebody may wish for or say no to: people of the other side, but nobody of their own line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from flask import Flask, current_app

from webapp.database import db
from webapp.people import Person
from webapp.profiles.facts import ProfileFacts, profiles_of
from webapp.profiles.fields import Choices
from webapp.profiles.rules import one_spelling
from webapp.profiles.vocabulary import vocabulary
from webapp.programmes import Enrolment, Programme, enrolled_in
from webapp.staff import assessor_of, reporting_chain, reports_of, staff_facts

MOST_SHOWN = 12
SHORTEST_SEARCH = 2
WithAPlace = Callable[[UUID, UUID], Collection[UUID]]  # the programme and a mentee: mentors
PLACE = "profiles_places"


def know_places_by(app: Flask, mentors_with_a_place: WithAPlace) -> None:
    """Which mentors of a programme have a place for a mentee: a room above this one knows."""
    app.extensions[PLACE] = mentors_with_a_place


def people_to_choose(part: Enrolment, before: Choices, search: str = "") -> list[Enrolment]:
    """Those who were chosen before, then whoever is found by name, then for a mentee the mentors who fit her best.

    Mentors whose places are taken are left out, unless they were chosen before. A mentor is shown no mentees but those
    who are searched for: who joined is nobody's list to read.
    """
    others = {each.person_id: each for each in _other_side(part)}
    chosen = [others[each] for each in (*before.wishes, *before.vetoes) if each in others]
    rest = [each for each in _with_places(part, others.values()) if each not in chosen]
    wanted = one_spelling(search)
    if len(wanted) >= SHORTEST_SEARCH:
        rest = [each for each in rest if wanted in one_spelling(each.person.name)]
    elif part.role == "mentee":
        rest = _best_first(part, rest)
    else:
        rest = []
    return chosen + rest[:MOST_SHOWN]


def _other_side(part: Enrolment) -> list[Enrolment]:
    """Without themselves, whoever is above or below them, and who assesses whom."""
    programme, person = db.session.get_one(Programme, part.programme_id), part.person
    wanted = "mentor" if part.role == "mentee" else "mentee"
    others = [each for each in enrolled_in(programme) if each.role == wanted]
    line = {person.id, assessor_of(person.id), *reporting_chain(person.id), *reports_of(person.id)}
    line |= _assessed_by(person, others)
    return [each for each in others if each.person_id not in line]


def _with_places(part: Enrolment, others: Iterable[Enrolment]) -> list[Enrolment]:
    if part.role != "mentee":
        return list(others)
    mentors_with_a_place: WithAPlace = current_app.extensions[PLACE]
    found = mentors_with_a_place(part.programme_id, part.person_id)
    return [each for each in others if each.person_id in found]


def _assessed_by(person: Person, others: Collection[Enrolment]) -> set[UUID]:
    facts = staff_facts({each.person_id for each in others})
    return {each for each, known in facts.items() if known.assessor == person.id}


def _best_first(part: Enrolment, mentors: Sequence[Enrolment]) -> list[Enrolment]:
    """By how much of her goals and interests they share; where that is equal in an order of her own, so that nobody
    is first for everyone."""
    words, profiles = vocabulary(), profiles_of({part.person_id, *(each.person_id for each in mentors)})
    means = words.synonyms
    own = _tags(profiles[part.person_id], part, means)

    def order(mentor: Enrolment) -> tuple[int, str]:
        shared = len(own & _tags(profiles[mentor.person_id], mentor, means))
        return -shared, hashlib.sha256(part.id.bytes + mentor.id.bytes).hexdigest()

    return sorted(mentors, key=order)


def _tags(facts: ProfileFacts, part: Enrolment, means: Mapping[str, str]) -> set[str]:
    said = [*(goal.word for goal in facts.part(part.id).goals), *facts.interests]
    return {means.get(one_spelling(word), one_spelling(word)) for word in said}
