"""What changed for whom: the list a phone reads to bring its mirror up to date."""

from webapp.feed.actions import number_touches, touch
from webapp.feed.models import FeedCounter, FeedRow

__all__ = ["FeedCounter", "FeedRow", "number_touches", "touch"]
