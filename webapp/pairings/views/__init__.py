"""The pages of this room: notes and talks for the two, pairs for their coordinator."""

from webapp.pairings.agreeing import views as agreeing
from webapp.pairings.goals import views as goals
from webapp.pairings.in_line import views as in_line
from webapp.pairings.introductions import views as introductions
from webapp.pairings.page import views as page
from webapp.pairings.partings import views as partings
from webapp.pairings.views import entered_talks, group_talks, listing, notes, pairs, talks
from webapp.pairings.views.room import room

__all__ = [
    "agreeing",
    "entered_talks",
    "goals",
    "group_talks",
    "in_line",
    "introductions",
    "listing",
    "notes",
    "page",
    "pairs",
    "partings",
    "room",
    "talks",
]
