"""When both are at work, and how both like to work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from webapp.matching.engine.graph import Bools
from webapp.matching.engine.view import Numbers, Singles, View
from webapp.matching.people import SLIDER_VALUES, Leaning, Participant, Slider

FURTHEST = max(SLIDER_VALUES)


class Schedule:
    """Time that both are at work in a usual week, up to what is enough. Somebody with few hours gets no more for
    them: that would reward saying little."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __call__(self, rows: slice) -> tuple[Numbers, Bools]:
        enough = self._view.settings.enough_minutes
        mine, theirs = self._view.gave_shifts
        shared = np.minimum(self._view.overlap(rows), np.float32(enough)).astype(np.float64)
        shared /= enough
        return shared, mine[rows, None] & theirs[None, :]


class Style:
    """How near (or far, for whoever wants that) the two stand on the questions that one of them cares about.

    Each side's wishes are met by where the other stands: as products of one number for each possible answer.
    """

    def __init__(self, view: View) -> None:
        questions = sorted({name for side in (view.mentees, view.mentors) for each in side for name in each.sliders})
        wants, stands, cares, has = _tables(view.mentees, questions)
        their_wants, their_stands, their_cares, they_have = _tables(view.mentors, questions)
        self._met = np.hstack([wants, stands]), np.hstack([their_stands, their_wants]).T
        self._asked = np.hstack([cares, has]), np.hstack([they_have, their_cares]).T

    def __call__(self, rows: slice) -> tuple[Numbers, Bools]:
        met = (self._met[0][rows] @ self._met[1]).astype(np.float64)
        asked = (self._asked[0][rows] @ self._asked[1]).astype(np.float64)
        known = asked > 0
        asked *= FURTHEST
        met /= np.maximum(asked, 1, out=asked)
        return met, known


def _tables(people: Sequence[Participant], questions: list[str]) -> tuple[Singles, Singles, Singles, Singles]:
    """For each person: how content they are with each answer (0 to 4), which answer is theirs, which questions they
    care about, which they answered."""
    shape = len(people), len(questions), len(SLIDER_VALUES)
    wants, stands = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    cares, has = np.zeros(shape[:2], dtype=np.float32), np.zeros(shape[:2], dtype=np.float32)
    for row, person in enumerate(people):
        for number, question in enumerate(questions):
            slider = person.sliders.get(question)
            if slider is not None:
                wants[row, number] = [contentment(slider, answer) for answer in SLIDER_VALUES]
                stands[row, number, slider.value] = 1
                cares[row, number] = slider.leaning != Leaning.EITHER
                has[row, number] = 1
    flat = len(people), shape[1] * shape[2]
    return wants.reshape(flat), stands.reshape(flat), cares, has


def contentment(mine: Slider, theirs: int) -> int:
    """How content somebody is (0 to 4) with where the other stands; 0 for whoever does not care."""
    away = abs(mine.value - theirs)
    match mine.leaning:
        case Leaning.LIKE:
            return FURTHEST - away
        case Leaning.DIFFERENT:
            return away
        case _:
            return 0
