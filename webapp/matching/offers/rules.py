"""How long an offer is open, when it is asked again, and how it may end: pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta

OPEN_FOR = timedelta(days=7)
REMIND_AFTER = timedelta(days=3)
UNDO_FOR = timedelta(minutes=10)  # "Not this time" is told to nobody before
NEWS_FOR = timedelta(days=7)  # how long Today says that an offer is over
KEPT_FOR = timedelta(days=365)
MOST_IN_A_ROW = 3  # offers that follow one another by themselves, before a coordinator looks

PAIRED, DECLINED, EXPIRED, WITHDRAWN = "paired", "declined", "expired", "withdrawn"
LEFT, OVERTAKEN, FULL = "left", "overtaken", "full"  # somebody went · the mentee has a mentor · no place any more
ENDS = (PAIRED, DECLINED, EXPIRED, WITHDRAWN, LEFT, OVERTAKEN, FULL)
NEEDS_ANOTHER = (DECLINED, EXPIRED, LEFT, FULL)

MOST_TO_A_MENTOR, MOST_OF_A_MENTEE = 3, 2  # open requests at a time
TAKEN_BACK, REFUSED = "taken_back", "refused"  # by the mentee · by the coordinator
REQUEST_ENDS = (PAIRED, DECLINED, EXPIRED, TAKEN_BACK, REFUSED, LEFT, OVERTAKEN, FULL)


def can_undo(declined_at: datetime, at: datetime) -> bool:
    """Whether a "not this time" may still be taken back, since nobody has been told."""
    return at - declined_at < UNDO_FOR
