"""What the tests of introductions say, and whom a mentor is shown."""

from __future__ import annotations

from tests.pairings.writing_down import the_pairing
from tests.people import Cast
from webapp.clock import now
from webapp.database import db
from webapp.pairings.introductions.reads import people_open_for

ABOUT, WHY = "Research on sore heels", "Two people who both ask why."


def open_names(cast: Cast) -> list[str]:
    db.session.rollback()
    return [each.person.name for each in people_open_for(the_pairing(cast.pairing), now())]
