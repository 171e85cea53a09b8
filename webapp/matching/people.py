"""Mentees and mentors as matching sees them: what they said of themselves, and what the organisation knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from webapp.matching.week import UsualShift

SLIDER_VALUES = (0, 1, 2, 3, 4)
PRIORITIES = (1, 2, 3)


class Leaning(StrEnum):
    """How somebody wants the other to be."""

    LIKE = "like"
    DIFFERENT = "different"
    EITHER = "either"


class DemandKind(StrEnum):
    """What a mentee may ask for as a must, for herself."""

    TAG = "tag"  # the mentor knows this
    LANGUAGE = "language"
    SAME_SITE = "same_site"
    OTHER_UNIT = "other_unit"
    BACKGROUND = "background"  # as her own leaning says


@dataclass(frozen=True, slots=True)
class Slider:
    """Where somebody stands on one question of working style (0 to 4), and where the other should."""

    value: int
    leaning: Leaning = Leaning.EITHER


@dataclass(frozen=True, slots=True)
class Goal:
    """Something a mentee wants to learn: a word, and how much it matters (1 to 3)."""

    word: str
    priority: int = 2


@dataclass(frozen=True, slots=True)
class Demand:
    """A mentee's own must. `value` is the tag or the language, else empty."""

    kind: DemandKind
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """What both sides may say; empty or None is "not answered", and never counts against anybody.

    `level` is the licence level (a higher number supervises a lower one), `months` the time in the profession.
    `background` holds what somebody chose to say of themselves; it is never shown to anybody else.
    """

    id: str
    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    shifts: tuple[UsualShift, ...] = ()
    sliders: Mapping[str, Slider] = field(default_factory=dict)
    background: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()  # ids of the other side, the dearest first
    vetoes: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    site: str | None = None
    employer: str | None = None
    level: int | None = None
    months: int | None = None
    opted_out: bool = False
    paused: bool = False

    def takes_part(self) -> bool:
        return not (self.opted_out or self.paused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee(Participant):
    """Somebody who wants a mentor."""

    goals: tuple[Goal, ...] = ()
    leaning: Leaning = Leaning.EITHER  # towards the mentor's background
    demands: frozenset[Demand] = frozenset()
    assessors: frozenset[str] = frozenset()  # who assesses or signs her off now


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor(Participant):
    """Somebody who offers to be a mentor, for `capacity` mentees, of whom `active` are there already (in pairs that
    this run does not see)."""

    expertise: frozenset[str] = frozenset()
    capacity: int = 1
    active: int = 0
    trained: bool = False
