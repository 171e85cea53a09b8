"""Somebody joined, left or came back: rooms above that must know are told, in the same transaction.

The app says which (app.py), so that this room imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

from webapp.people.models import Person

Listener = Callable[[Person], None]
PLACE = "people_presence"


def tell_of_presence(app: Flask, *listeners: Listener) -> None:
    """Have these called, in this order."""
    app.extensions[PLACE] = listeners


def presence_changed(person: Person) -> None:
    """Call them for one person. Inside a write transaction."""
    listeners: tuple[Listener, ...] = current_app.extensions.get(PLACE, ())
    for listener in listeners:
        listener(person)
