"""What others see of somebody: every page that shows a profile asks here, the person's own mirror page too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from webapp.people import Person
from webapp.profiles.facts import answers_of
from webapp.profiles.fields import About, Goals, Interests, Languages, Style, Topic, Week
from webapp.profiles.languages import language_code, language_name, language_of_the_page
from webapp.profiles.models import ProfileAnswer
from webapp.profiles.rules import COUNTED, STYLE_QUESTIONS
from webapp.profiles.vocabulary import Words, vocabulary
from webapp.profiles.words import style_in_words, topic_names, week_in_words
from webapp.programmes import Enrolment

ReaderKind = Literal["partner", "coordinator", "member"]

# Who reads a topic: the partner (also somebody who is proposed as one), the coordinator of the programme, and its other
# members, who see mentors only. What is not here is read by nobody.
SHOWN: Mapping[ReaderKind, tuple[str, ...]] = {
    "partner": COUNTED,
    "coordinator": ("goals", "interests", "languages", "style", "week"),
    "member": ("goals", "interests", "languages", "about"),
}


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One topic in words."""

    topic: str
    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenProfile:
    """One person, for one kind of reader; without a line they said nothing that this reader may see."""

    person_id: UUID
    name: str
    unit: str
    role: str
    lines: tuple[SeenLine, ...] = ()


def as_seen_by(reader: ReaderKind, part: Enrolment) -> SeenProfile:
    """What this kind of reader sees of somebody who takes part in a programme, in the language of the request."""
    return all_as_seen_by(reader, [part])[part.id]


def all_as_seen_by(reader: ReaderKind, parts: Collection[Enrolment]) -> dict[UUID, SeenProfile]:
    """The same for many, by the id of the enrolment, with a few questions to the database for all."""
    words, lang = vocabulary(), language_of_the_page()
    answers: dict[UUID, list[ProfileAnswer]] = {}
    for answer in answers_of({part.person_id for part in parts}):
        answers.setdefault(answer.person_id, []).append(answer)
    return {part.id: _seen(reader, part, answers.get(part.person_id, []), words, lang) for part in parts}


def _seen(reader: ReaderKind, part: Enrolment, answers: list[ProfileAnswer], words: Words, lang: str) -> SeenProfile:
    person: Person = part.person
    seen = SeenProfile(person.id, person.name, person.unit.name if person.unit else "", part.role)
    if reader == "member" and part.role != "mentor":
        return seen
    of_this_part = {each.topic: each for each in answers if each.enrolment_id in (None, part.id)}
    titles = topic_names(part.role)
    lines = [
        SeenLine(topic, titles[topic], _in_words(of_this_part[topic].said, words, lang))
        for topic in SHOWN[reader]
        if topic in of_this_part
    ]
    return SeenProfile(seen.person_id, seen.name, seen.unit, seen.role, tuple(lines))


def _in_words(said: Topic, words: Words, lang: str) -> tuple[str, ...]:
    show: Callable[[str], str] = lambda word: words.shown(word, lang)  # noqa: E731
    match said:
        case Goals():
            by_weight = sorted(said.goals, key=lambda goal: -goal.priority)
            return tuple(dict.fromkeys(show(goal.word) for goal in by_weight))
        case Interests():
            return tuple(dict.fromkeys(map(show, said.words)))
        case Languages():
            return tuple(language_name(language_code(word), lang) for word in said.words)
        case Style():
            return tuple(
                style_in_words(each, said.sliders[each].value) for each in STYLE_QUESTIONS if each in said.sliders
            )
        case Week():
            return tuple(week_in_words(said.patterns, said.days))
        case About():
            return (said.words,)
    return ()
