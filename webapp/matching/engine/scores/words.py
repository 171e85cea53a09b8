"""What a mentee wants to learn and a mentor knows; what both are interested in."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from webapp.matching.engine.graph import Bools
from webapp.matching.engine.view import Numbers, View, answered, shared
from webapp.matching.people import Mentee

COMMONEST = 100  # what an interest that everybody has weighs


class Goals:
    """How much of what the mentee wants to learn the mentor knows, by the mentee's own priorities. One way only."""

    def __init__(self, view: View) -> None:
        wanted = [_priorities(view, mentee) for mentee in view.mentees]
        known = [dict.fromkeys(view.tags(mentor.expertise), 1) for mentor in view.mentors]
        self._mine, self._theirs = shared(wanted, known)
        self._all = np.array([sum(each.values()) for each in wanted], dtype=np.float64)
        self._has_goals, self._knows = answered(map(bool, wanted)), answered(map(bool, known))

    def __call__(self, rows: slice) -> tuple[Numbers, Bools]:
        covered = (self._mine[rows] @ self._theirs).astype(np.float64)
        covered /= np.maximum(self._all[rows, None], 1)
        return covered, self._has_goals[rows, None] & self._knows[None, :]


class Interests:
    """What both like, of all that either likes; what few people like counts more."""

    def __init__(self, view: View) -> None:
        mine = [view.tags(each.interests) for each in view.mentees]
        theirs = [view.tags(each.interests) for each in view.mentors]
        rarity = _rarity([*mine, *theirs])
        self._mine, self._theirs = shared(
            [{tag: rarity[tag] for tag in each} for each in mine], [dict.fromkeys(each, 1) for each in theirs]
        )
        self._of_mentees, self._of_mentors = (
            np.array([sum(rarity[tag] for tag in each) for each in side], dtype=np.float64) for side in (mine, theirs)
        )

    def __call__(self, rows: slice) -> tuple[Numbers, Bools]:
        both = (self._mine[rows] @ self._theirs).astype(np.float64)
        mine, theirs = self._of_mentees[rows, None], self._of_mentors[None, :]
        both *= 2
        both /= np.maximum(mine + theirs, 1)
        return both, (mine > 0) & (theirs > 0)


def _priorities(view: View, mentee: Mentee) -> dict[str, int]:
    """Each tag that she wants to learn, with the highest priority that she gave it."""
    wanted: dict[str, int] = {}
    for goal in mentee.goals:
        for tag in view.tags([goal.word]):
            wanted[tag] = max(goal.priority, wanted.get(tag, 0))
    return wanted


def _rarity(people: list[frozenset[str]]) -> dict[str, int]:
    """What each tag weighs: 100 when everybody who answered has it, 100 more each time it is half as common."""
    holders = Counter(tag for tags in people for tag in tags)
    answering = sum(1 for tags in people if tags)
    return {tag: COMMONEST + round(COMMONEST * math.log2(answering / count)) for tag, count in holders.items()}
