"""Waiting for something to become true, by asking again; never by sleeping and hoping."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
OFTEN = 0.05
NEVER = "never: "  # how scripts in a page say the same


class Late(AssertionError):
    """What was waited for did not come in time."""


def until(ask: Callable[[], T], what: str, within: float = 30.0) -> T:
    """The first true answer. `Late` with `what` and the last answer when none came in time."""
    deadline = time.monotonic() + within
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise Late(f"{what} did not happen within {within:g} s (last answer: {answer!r})")
        time.sleep(OFTEN)
    return answer
