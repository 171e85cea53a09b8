"""A run in this process. It imports numpy and scipy here and not before, so that web processes never pay for them."""

from __future__ import annotations

from collections.abc import Callable

from webapp.matching.cohort import Cohort
from webapp.matching.outcome import Outcome
from webapp.matching.progress import Progress, Tell
from webapp.matching.settings import Settings


def solve(
    cohort: Cohort,
    settings: Settings,
    tell: Tell | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Match a cohort. `should_stop` is asked between steps. Raises Refused, Stopped."""
    from webapp.matching.engine.run import Run

    say = Progress(tell, should_stop)
    return Run(cohort, settings, say).solve(say)
