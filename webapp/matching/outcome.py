"""What a run proposes and why: plain data that can be kept, compared and put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from webapp.matching.codes import RuleCode
from webapp.matching.settings import Settings


class WhyNot(StrEnum):
    """Why a mentee does not have the best of all other mentors."""

    LOWER = "lower"  # fits less well, or no better
    FULL = "full"  # somebody else would lose more
    TAKEN = "taken"  # every place is held by a pair that stays
    SPREAD = "spread"  # has mentees already, and the load is to be spread


class WhyNobody(StrEnum):
    """Why a mentee has no mentor."""

    NO_MENTORS = "no_mentors"  # there are none at all
    NOT_TAKING_PART = "not_taking_part"
    NO_MENTOR = "no_mentor"  # the rules leave none with a place
    COMPETITION = "competition"  # more mentees than places, among those who may have one another
    TOTAL = "total"  # the others together would lose more than she would gain
    PREFERRED = "preferred"  # every mentor she may have is full of mentees who come first there


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best of all other mentors for a mentee, and why not that one. `loss` (points × 10⁶) is what the mentee
    `displaced` would lose by moving to the best place that is free, None where there is none for her."""

    mentor: str
    score: int
    why: WhyNot
    displaced: str | None = None
    loss: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair. `score` is points × 10⁶, None for an accepted pair that a rule would not allow today; `rank` is its
    place in the mentee's own list (1 is the best)."""

    mentee: str
    mentor: str
    score: int | None
    rank: int | None
    stays: bool
    alternative: Alternative | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """How many mentors a mentee could have if this one rule did not hold, and how many of these have a place."""

    rule: RuleCode
    mentors: int
    with_place: int


@dataclass(frozen=True, slots=True)
class Competition:
    """A bottleneck: these mentees may have no other mentors with places than these, and `places` are too few."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee without a mentor. `removed` counts mentors by the rule that removed them, under the names that may be
    shown; one mentor may stand under several. `loss` (points × 10⁶) is what the total would lose."""

    mentee: str
    why: WhyNobody
    removed: Mapping[RuleCode, int]
    opens: tuple[Opening, ...]
    competition: Competition | None = None
    loss: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A pair that was there before and that a rule would not allow today."""

    mentee: str
    mentor: str
    rules: tuple[RuleCode, ...]
    stays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A whole run, in the order of ids. `proved` says that prices were found which prove that no other assignment is
    better; `unchecked` counts people for whom a rule could not be checked, for want of an answer. `input_hash` is
    of all that the run depends on, `scores_hash` of what scores and rules depend on."""

    proposals: tuple[Proposal, ...]
    unmatched: tuple[Unmatched, ...]
    total: int
    floor: int | None
    proved: bool
    notices: tuple[Notice, ...]
    circles: tuple[tuple[str, ...], ...]
    unchecked: Mapping[str, int]
    settings: Settings
    input_hash: str
    scores_hash: str
    engine: str

    @property
    def pairs(self) -> dict[str, str]:
        """Each matched mentee's mentor."""
        return {proposal.mentee: proposal.mentor for proposal in self.proposals}
