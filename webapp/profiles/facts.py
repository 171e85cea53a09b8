"""What matching asks of profiles: of each person everything they said, in plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.profiles.fields import (
    Background,
    Choices,
    Goals,
    Interests,
    Languages,
    Musts,
    Style,
    Topic,
    Week,
)
from webapp.profiles.languages import language_code
from webapp.profiles.models import ProfileAnswer
from webapp.profiles.rules import UsualShift, usual_shifts
from webapp.staff import staff_facts

AT_ONCE = 500  # ids in one question to the database


@dataclass(frozen=True, slots=True)
class StyleAnswer:
    """Where somebody stands on a question, 0 to 4; `leaning` is "like", "different" or "either"."""

    value: int
    leaning: str = "either"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a mentee wants to learn or a mentor offers; `priority` is 1 to 3, 3 most."""

    word: str
    priority: int = 2


@dataclass(frozen=True, slots=True)
class Must:
    """`kind` is one of `rules.MUSTS`; `value` is the word or the code of the language, else ""."""

    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFacts:
    """What somebody said for one enrolment: as a mentee what they want to learn, as a mentor what they offer."""

    goals: tuple[Wanted, ...] = ()
    musts: frozenset[Must] = frozenset()
    wishes: tuple[UUID, ...] = ()  # people of the other side, the dearest first
    vetoes: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """One person; what is empty was not answered. `languages` are codes, or names in one spelling without a code, and
    come from the staff list where the person said nothing. `leaning` is towards the other's background.
    `parts` are by the id of the enrolment."""

    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    shifts: tuple[UsualShift, ...] = ()
    style: Mapping[str, StyleAnswer] = field(default_factory=dict)
    background: frozenset[str] = frozenset()
    leaning: str = "either"
    parts: Mapping[UUID, PartFacts] = field(default_factory=dict)

    def part(self, enrolment_id: UUID) -> PartFacts:
        return self.parts.get(enrolment_id, PartFacts())


def profiles_of(people: Collection[UUID]) -> Mapping[UUID, ProfileFacts]:
    """Everybody who is asked for, also who said nothing. One question for each 500 people, one for the list."""
    listed = {
        person_id: frozenset(language_code(each) for each in facts.languages)
        for person_id, facts in staff_facts(people).items()
    }
    found = {person_id: ProfileFacts(languages=listed.get(person_id, frozenset())) for person_id in people}
    for answer in answers_of(people):
        found[answer.person_id] = _with(found[answer.person_id], answer.enrolment_id, answer.said)
    return found


def answers_of(people: Collection[UUID]) -> list[ProfileAnswer]:
    """Every answer of these people."""
    answers: list[ProfileAnswer] = []
    asked = sorted(set(people))
    for at in range(0, len(asked), AT_ONCE):
        some = asked[at : at + AT_ONCE]
        answers += db.session.scalars(select(ProfileAnswer).where(ProfileAnswer.person_id.in_(some)))
    return answers


def _with(facts: ProfileFacts, enrolment_id: UUID | None, said: Topic) -> ProfileFacts:
    if enrolment_id is not None:
        part = _part_with(facts.part(enrolment_id), said)
        return replace(facts, parts={**facts.parts, enrolment_id: part})
    match said:
        case Interests():
            return replace(facts, interests=frozenset(said.words))
        case Languages():
            return replace(facts, languages=frozenset(map(language_code, said.words)))
        case Style():
            return replace(facts, style={name: StyleAnswer(it.value, it.leaning) for name, it in said.sliders.items()})
        case Week():
            return replace(facts, shifts=usual_shifts(said.patterns, said.days))
        case Background():
            return replace(facts, background=frozenset(said.chosen), leaning=said.leaning)
    return facts


def _part_with(part: PartFacts, said: Topic) -> PartFacts:
    match said:
        case Goals():
            return replace(part, goals=tuple(Wanted(each.word, each.priority) for each in said.goals))
        case Musts():
            return replace(part, musts=frozenset(Must(each.kind, each.value) for each in said.musts))
        case Choices():
            return replace(part, wishes=said.wishes, vetoes=frozenset(said.vetoes))
    return part
