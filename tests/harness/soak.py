"""How many runs: what a change can wait for, or as many as a night has."""

from __future__ import annotations

import os

SOAK = "FRIENDTOR_SOAK"


def soaking() -> bool:
    """Whether this is `bin/test soak`."""
    return bool(os.environ.get(SOAK))


def runs(usual: int, soak: int) -> int:
    return soak if soaking() else usual
