"""Whether this installation works: its signs, what they mean, and who is told."""

from webapp.watch.alarms import look
from webapp.watch.watchman import keep_watch

__all__ = ["keep_watch", "look"]
