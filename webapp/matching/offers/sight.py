"""Whose offers and requests a coordinator sees: on her sites, and of nobody who reports to her."""

from __future__ import annotations

from webapp.people import Person
from webapp.programmes import Programme
from webapp.staff import hidden_from


def looks_after(coordinator: Person, programme: Programme, mentee: Person, mentor: Person) -> bool:
    """Whether this coordinator holds the two; somebody else holds those who report to her."""
    hidden = hidden_from(coordinator)
    return programme.covers(coordinator, mentee) and hidden.isdisjoint((mentee.id, mentor.id))
