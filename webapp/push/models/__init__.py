"""The rows of this room."""

from webapp.push.models.outgoing import Delivery, PushDay, PushMessage
from webapp.push.models.quiet_hours import QuietHours, quiet_of
from webapp.push.models.subscription import OriginPause, Subscription

__all__ = ["Delivery", "OriginPause", "PushDay", "PushMessage", "QuietHours", "Subscription", "quiet_of"]
