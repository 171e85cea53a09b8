"""The coordinator's pages: before a run, its draft, one mentee of it, two runs side by side."""

from webapp.matching.runs.views import apart, approving, comparing, drafts, mentees, starting
from webapp.matching.runs.views.room import room

__all__ = ["apart", "approving", "comparing", "drafts", "mentees", "room", "starting"]
