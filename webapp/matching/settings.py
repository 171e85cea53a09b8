"""What the organiser decides about a run: which rules hold, what counts how much, and what comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    """How much something counts. MUST counts twice as HIGH, and removes pairs that have nothing of it at all."""

    MUST = "must"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OFF = "off"

    @property
    def factor(self) -> int:
        return {"must": 8, "high": 4, "medium": 2, "low": 1, "off": 0}[self.value]


class Criterion(StrEnum):
    """What a pair is scored for. OWN_CHOICES joins wishes and background, so that none can tell one from the other."""

    GOALS = "goals"
    INTERESTS = "interests"
    SCHEDULE = "schedule"
    STYLE = "style"
    OWN_CHOICES = "own_choices"
    NOVELTY = "novelty"


class Mode(StrEnum):
    """What comes first."""

    MOST_MENTEES = "most_mentees"
    BEST_TOTAL = "best_total"
    STABLE = "stable"


class Units(StrEnum):
    """Whether the two may, must or must not share a unit."""

    ANY = "any"
    SAME = "same"
    DIFFERENT = "different"


class Late(StrEnum):
    """What somebody who joins late may have: a place that is free, or also one that nobody has accepted yet."""

    SPARE_PLACES = "spare_places"
    UNACCEPTED = "unaccepted"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the mentor may be ahead of the mentee: at least `least`, at most `most`; None is no limit."""

    least: int | None = None
    most: int | None = None

    def is_set(self) -> bool:
        return self.least is not None or self.most is not None

    def is_possible(self) -> bool:
        return self.least is None or self.most is None or self.least <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Hard rules with a choice in them. Those without one always hold: line, assessor, block, veto, pause."""

    overlap_minutes: int = 30  # of a usual week; 0 is off
    units: Units = Units.ANY
    levels: Gap = Gap()
    months: Gap = Gap()
    training: bool = False
    common_language: bool = True
    repeats: bool = False  # whether two who were a pair before may be one again
    other_employers: bool = False


USUAL_WEIGHTS: Mapping[Criterion, Weight] = {
    Criterion.GOALS: Weight.HIGH,
    Criterion.INTERESTS: Weight.MEDIUM,
    Criterion.SCHEDULE: Weight.HIGH,
    Criterion.STYLE: Weight.LOW,
    Criterion.OWN_CHOICES: Weight.MEDIUM,
    Criterion.NOVELTY: Weight.LOW,
}
FULL_MARKS = 1_000_000  # a score is a share of this
UNKNOWN = FULL_MARKS // 2  # the score of two who answered nothing: neither good nor bad
SPREAD = 10_000  # points × 10⁶ for each step of Weight.LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a run depends on besides the people."""

    rules: Rules = Rules()
    weights: Mapping[Criterion, Weight] = field(default_factory=lambda: dict(USUAL_WEIGHTS))
    load: Weight = Weight.LOW  # how much each mentee whom a mentor has takes off one more
    mode: Mode = Mode.MOST_MENTEES
    late: Late = Late.SPARE_PLACES
    enough_minutes: int = 360  # shared work a week past which more does not count
    candidates: int = 30
    seed: str = "1"

    def weight(self, criterion: Criterion) -> Weight:
        return self.weights.get(criterion, Weight.OFF)

    @property
    def spread(self) -> int:
        """What each mentee whom a mentor has takes off one more, points × 10⁶."""
        return SPREAD * self.load.factor
