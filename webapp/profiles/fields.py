"""What each topic of a profile takes, validated; each can be empty, which is "not answered"."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from webapp.database import plain_name
from webapp.profiles.rules import (
    LONGEST_ABOUT,
    LONGEST_WORD,
    MOST_LANGUAGES,
    MOST_VETOES,
    MOST_WISHES,
    MOST_WORDS,
    each_once,
)

Word = Annotated[str, StringConstraints(max_length=LONGEST_WORD), AfterValidator(plain_name)]
Words = Annotated[tuple[Word, ...], AfterValidator(each_once)]
Leaning = Literal["like", "different", "either"]
Pattern = Literal["days", "long_days", "evenings", "nights", "rotating"]
Question = Literal["plan", "feedback", "learn", "meet"]


class Topic(BaseModel):
    """One part of a profile; `name` is what its row is called."""

    name: ClassVar[str] = ""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    def is_empty(self) -> bool:
        return self == type(self)()


class Interests(Topic):
    """What somebody likes, at work and beside it."""

    name = "interests"
    words: Annotated[Words, Field(max_length=MOST_WORDS)] = ()


class Languages(Topic):
    """What somebody speaks: codes of languages, or their names where there is no code."""

    name = "languages"
    words: Annotated[Words, Field(max_length=MOST_LANGUAGES)] = ()


class SliderSaid(BaseModel):
    """Where somebody stands, 0 to 4, and how they want the other to be."""

    model_config = ConfigDict(frozen=True)

    value: Annotated[int, Field(ge=0, le=4)]
    leaning: Leaning = "either"


class Style(Topic):
    """How somebody works, question by question."""

    name = "style"
    sliders: dict[Question, SliderSaid] = Field(default_factory=dict)


class Week(Topic):
    """A usual week: kinds of shifts, and the days they are on; no day is any day."""

    name = "week"
    patterns: tuple[Pattern, ...] = ()
    days: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()

    def is_empty(self) -> bool:
        return not self.patterns


class About(Topic):
    """A few words about oneself."""

    name = "about"
    words: Annotated[str, StringConstraints(max_length=LONGEST_ABOUT)] = ""


class Background(Topic):
    """What somebody chose to say of their background, by codes and in own words, and how the other should be."""

    name = "background"
    chosen: Annotated[Words, Field(max_length=MOST_WORDS)] = ()
    leaning: Leaning = "either"


class GoalSaid(BaseModel):
    """Something to learn, or to offer, and how much it matters: 1 to 3, 3 most."""

    model_config = ConfigDict(frozen=True)

    word: Word
    priority: Annotated[int, Field(ge=1, le=3)] = 2


class Goals(Topic):
    """What somebody wants to learn, or offers to teach, in one programme."""

    name = "goals"
    goals: Annotated[tuple[GoalSaid, ...], Field(max_length=MOST_WORDS)] = ()


class MustSaid(BaseModel):
    """One thing that must be so; `value` is the word or the language it speaks of."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["tag", "language", "same_site", "other_unit", "background"]
    value: str = ""


class Musts(Topic):
    """What a mentee asks for as a must."""

    name = "musts"
    musts: tuple[MustSaid, ...] = ()


class Choices(Topic):
    """Whom somebody wishes for, the dearest first, and to whom they say no."""

    name = "choices"
    wishes: Annotated[tuple[UUID, ...], Field(max_length=MOST_WISHES)] = ()
    vetoes: Annotated[tuple[UUID, ...], Field(max_length=MOST_VETOES)] = ()


TOPICS: dict[str, type[Topic]] = {
    topic.name: topic for topic in (Interests, Languages, Style, Week, About, Background, Goals, Musts, Choices)
}
