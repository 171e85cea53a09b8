"""The pages of offers: one's own, the coordinator's list, the directory of mentors."""

from webapp.matching.offers.views import desk, own
from webapp.matching.offers.views.room import room

__all__ = ["desk", "own", "room"]
