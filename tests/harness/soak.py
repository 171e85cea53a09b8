"""How many runs: what a change can wait for, or as many as a night has."""

from __future__ import annotations

import os

SOAK = "FRIENDTOR_SOAK"
DAY = 24 * 60 * 60


def soaking() -> bool:
    """Whether this is `bin/test soak`."""
    return bool(os.environ.get(SOAK))


def runs(usual: int, soak: int) -> int:
    return soak if soaking() else usual


def seconds_for_one() -> int:
    """After which a test that runs so often is given up; tests/harness/hanging.py has less patience with others."""
    return runs(900, soak=DAY)
