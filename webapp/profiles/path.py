"""The way through a profile: its steps in order, for a person and the programmes they take part in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from webapp.people import Person
from webapp.profiles.reads import answered_topics, parts_of
from webapp.profiles.rules import COUNTED
from webapp.profiles.words import own_topic_names
from webapp.programmes import Enrolment, Programme


@dataclass(frozen=True)
class Step:
    """One topic to say something on, for a part in a programme where it is of one."""

    topic: str
    title: str
    part: Enrolment | None = None
    programme: Programme | None = None
    is_answered: bool = False

    @property
    def is_counted(self) -> bool:
        return self.topic in COUNTED

    @property
    def address(self) -> str:
        if self.part is None:
            return url_for("profiles.topic", topic=self.topic)
        return url_for("profiles.part_topic", enrolment_id=self.part.id, topic=self.topic)


@dataclass(frozen=True)
class Path:
    """Every step of one person: those that are counted first."""

    steps: Sequence[Step]

    @property
    def counted(self) -> list[Step]:
        return [step for step in self.steps if step.is_counted]

    @property
    def more(self) -> list[Step]:
        return [step for step in self.steps if not step.is_counted]

    @property
    def answered(self) -> int:
        return sum(step.is_answered for step in self.counted)

    def next_open(self) -> Step | None:
        """The first that is not answered."""
        return next((step for step in self.counted if not step.is_answered), None)

    def after(self, topic: str, part_id: UUID | None) -> Step | None:
        """The next one that is not answered; None when this was the last, or is not counted."""
        at = self.number_of(topic, part_id)
        return next((step for step in self.counted[at:] if not step.is_answered), None) if at else None

    def number_of(self, topic: str, part_id: UUID | None) -> int:
        """Which one of the counted it is, from 1; 0 when it is none."""
        of = ((step.topic, step.part.id if step.part else None) for step in self.counted)
        return next((at for at, each in enumerate(of, 1) if each == (topic, part_id)), 0)


def path_of(person: Person) -> Path:
    """The path as it is now: goals for each programme, then what is said once; then what is for matching alone."""
    answered, parts = answered_topics(person), parts_of(person)
    names = own_topic_names("")

    def own(topic: str) -> Step:
        return Step(topic, names[topic], is_answered=(None, topic) in answered)

    def of(part: Enrolment, programme: Programme, topic: str) -> Step:
        title = own_topic_names(part.role)[topic]
        return Step(topic, title, part, programme, is_answered=(part.id, topic) in answered)

    steps = [of(*each, "goals") for each in parts]
    steps += [own(topic) for topic in COUNTED if topic != "goals"]
    steps.append(own("background"))
    steps += [of(*each, topic) for each in parts for topic in more_topics(each[0].role)]
    return Path(steps)


def more_topics(role: str) -> Collection[str]:
    """What somebody of this role may add for one programme."""
    return ("musts", "choices") if role == "mentee" else ("choices",)
