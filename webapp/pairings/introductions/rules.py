"""How long an introduction is open, how many somebody is asked, and when the mentee is asked what came of it: pure."""

from __future__ import annotations

from datetime import datetime, timedelta

MINUTES = (5, 10, 15, 30)
ABOUT_LIMIT, WHY_LIMIT, LINE_LIMIT = 120, 300, 300
OPEN_FOR = timedelta(days=14)
NOT_AGAIN_FOR = timedelta(days=90)  # the same two are not asked sooner after it did not work out
MOST_AT_A_TIME = 3  # open introductions that one person is asked about
ASK_AFTER = timedelta(days=30)
NEWS_FOR = timedelta(days=14)  # how long Today shows that two are introduced

LED_TO = ("talk", "visit", "advice", "contact", "nothing")


def lapses_at(proposed_at: datetime) -> datetime:
    """From then on nobody can answer any more."""
    return proposed_at + OPEN_FOR
