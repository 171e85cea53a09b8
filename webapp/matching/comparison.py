"""What changed between two runs, for whoever decides which of them to take."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.matching.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Moved:
    """A mentee who has another mentor in the second run. `gain` is points × 10⁶, None where one pair has no score."""

    mentee: str
    before: str
    after: str
    gain: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """From one run to another: who moved, who gained a mentor, who lost one, and how the figures changed. Sums tell
    little where the two runs score otherwise: `same_scores` says whether people, rules and weights are the same."""

    moved: tuple[Moved, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    unmoved: int
    total: int
    floor: int
    same_scores: bool


def compare(before: Outcome, after: Outcome) -> Comparison:
    """In the order of ids. `floor` compares the worst scores that mentees have, whatever each run aimed at."""
    first = {each.mentee: each for each in before.proposals}
    second = {each.mentee: each for each in after.proposals}
    moved, unmoved = [], 0
    for mentee in sorted(first.keys() & second.keys()):
        one, other = first[mentee], second[mentee]
        if one.mentor == other.mentor:
            unmoved += 1
        else:
            gain = None if one.score is None or other.score is None else other.score - one.score
            moved.append(Moved(mentee, one.mentor, other.mentor, gain))
    return Comparison(
        moved=tuple(moved),
        gained=tuple(sorted(second.keys() - first.keys())),
        lost=tuple(sorted(first.keys() - second.keys())),
        unmoved=unmoved,
        total=after.total - before.total,
        floor=_worst(after) - _worst(before),
        same_scores=before.scores_hash == after.scores_hash,
    )


def _worst(outcome: Outcome) -> int:
    return min((each.score for each in outcome.proposals if each.score is not None), default=0)
