"""How far a run is, and whether it is to stop."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, float], None]  # the step's name, and the share of the whole run that is done
STEPS = {"scores": 0.0, "candidates": 0.35, "floor": 0.45, "assignment": 0.6, "proof": 0.85, "reasons": 0.92}
_ENDS = dict(zip(STEPS, [*list(STEPS.values())[1:], 1.0], strict=True))


class Stopped(Exception):
    """The run was cancelled, or took longer than it may."""


class Progress:
    """Told at each step; never goes back, though steps may be repeated."""

    def __init__(self, tell: Tell | None = None, should_stop: Callable[[], bool] | None = None) -> None:
        self._tell = tell
        self._should_stop = should_stop
        self._done = 0.0

    def __call__(self, step: str, within: float = 0.0) -> None:
        """`within` is the share of this step that is done. Raises Stopped."""
        if self._should_stop is not None and self._should_stop():
            raise Stopped
        self._done = max(self._done, STEPS[step] + within * (_ENDS[step] - STEPS[step]))
        if self._tell is not None:
            self._tell(step, self._done)
