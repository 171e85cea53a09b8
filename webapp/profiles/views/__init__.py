"""One's own profile, what others see of it, how much of it people filled in, and the organiser's words."""

from webapp.profiles.views import own, parts, people, words
from webapp.profiles.views.room import room

__all__ = ["own", "parts", "people", "room", "words"]
