"""The pages of offers: one's own, the coordinator's list, the directory of mentors."""

from webapp.matching.offers.views import desk, directory, own, requests
from webapp.matching.offers.views.room import room

__all__ = ["desk", "directory", "own", "requests", "room"]
