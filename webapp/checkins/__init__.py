"""Check-ins: ten seconds of somebody's day, for herself or for her mentor, never for anybody else.

Nothing widens after it was saved, except by its author's own tap on that check-in. Kept ones still count contact,
day and minutes for the pair.
"""

from webapp.checkins.actions import amend_checkin, mark_checkin_read, record_checkin, take_checkin_back
from webapp.checkins.fields import CheckinFields, CheckinReadFields, TakeBackFields
from webapp.checkins.mirror import as_seen_by
from webapp.checkins.models import Checkin, CheckinDay, HelpedAnswer
from webapp.checkins.reads import latest_for, unread_for
from webapp.checkins.retention import forget_old

__all__ = [
    "Checkin",
    "CheckinDay",
    "CheckinFields",
    "CheckinReadFields",
    "HelpedAnswer",
    "TakeBackFields",
    "amend_checkin",
    "as_seen_by",
    "forget_old",
    "latest_for",
    "mark_checkin_read",
    "record_checkin",
    "take_checkin_back",
    "unread_for",
]
