"""What it is worth to be named among somebody's wishes."""

from __future__ import annotations

from fractions import Fraction

WISHES_COUNTED = 5


def worth_of_wish(rank: int) -> Fraction:
    """1 for the first who was named, less for each further one, 0 from the sixth on. `rank` counts from 0."""
    return Fraction(max(WISHES_COUNTED - rank, 0), WISHES_COUNTED)
