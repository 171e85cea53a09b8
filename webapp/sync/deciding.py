"""How much waits for a person's word, for the pages that say so."""

from __future__ import annotations

from webapp.people import Person
from webapp.sync.dropped import waiting_for
from webapp.sync.held import held_of


def how_many_wait(author: Person) -> int:
    """What was brought in for them and what could not be done, together."""
    return len(waiting_for(author)) + len(held_of(author))
