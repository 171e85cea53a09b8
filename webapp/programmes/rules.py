"""The rhythm of check-ins, and what a programme may choose: pure rules."""

from __future__ import annotations

from dataclasses import dataclass

WEEKLY, FORTNIGHTLY, MONTHLY = 7, 14, 30
PROTECTED_MINUTES = 40
OFF_SHIFT = ("not_asked", "paid", "free_choice")
MEASURES = ("matched", "first_talk", "talked", "rhythm")
KINDS = ("welcome", "belonging", "skills", "staying")
LEAST_CAPACITY, MOST_CAPACITY = 0, 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days of the match: `hello_hours` to a first note, `first_talk_days` to a first talk, then the steps."""

    hello_hours: int = 72
    first_talk_days: int = 14
    weekly_days: int = 28
    fortnightly_days: int = 91


DEFAULT_RHYTHM = Rhythm()


def interval_days(rhythm: Rhythm, days_since_start: int, faster: int | None = None) -> int:
    """Days between two check-ins on a given day of a pairing; a pair's own `faster` choice wins."""
    if days_since_start < rhythm.weekly_days:
        usual = WEEKLY
    elif days_since_start < rhythm.fortnightly_days:
        usual = FORTNIGHTLY
    else:
        usual = MONTHLY
    return min(usual, faster) if faster else usual
