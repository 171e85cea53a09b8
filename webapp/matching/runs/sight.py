"""Whose proposals a coordinator sees: mentees of her sites, and nobody who reports to her."""

from __future__ import annotations

from webapp.people import Person
from webapp.programmes import Programme
from webapp.staff import hidden_from


class Sight:
    """One coordinator's view of one programme. Another coordinator holds what she does not see."""

    def __init__(self, programme: Programme, coordinator: Person) -> None:
        self._programme = programme
        self._coordinator = coordinator
        self._hidden = hidden_from(coordinator)

    def of_mentee(self, person: Person | None) -> bool:
        return person is not None and self.of_mentor(person) and self._programme.covers(self._coordinator, person)

    def of_mentor(self, person: Person) -> bool:
        """A mentor may be of any site."""
        return person.id not in self._hidden
