"""All criteria of a run, each with what measures it."""

from __future__ import annotations

from collections.abc import Callable

from webapp.matching.engine.graph import Bools
from webapp.matching.engine.scores.choices import Novelty, OwnChoices
from webapp.matching.engine.scores.ways import Schedule, Style
from webapp.matching.engine.scores.words import Goals, Interests
from webapp.matching.engine.view import Numbers, View
from webapp.matching.settings import Criterion

Measure = Callable[[slice], tuple[Numbers, Bools]]  # for these rows: a share of 1, and whether both answered


def measures(view: View) -> dict[Criterion, Measure]:
    """Those that count for something in this run."""
    makers: dict[Criterion, Callable[[View], Measure]] = {
        Criterion.GOALS: Goals,
        Criterion.INTERESTS: Interests,
        Criterion.SCHEDULE: Schedule,
        Criterion.STYLE: Style,
        Criterion.OWN_CHOICES: OwnChoices,
        Criterion.NOVELTY: Novelty,
    }
    return {criterion: make(view) for criterion, make in makers.items() if view.settings.weight(criterion).factor}
