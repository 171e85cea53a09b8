"""A list was carried out or undone: rooms above that must look again are told, in the same transaction.

The app says which (app.py), so that this room imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

Listener = Callable[[], None]
PLACE = "staff_lists"


def tell_of_lists(app: Flask, *listeners: Listener) -> None:
    """Have these called, in this order."""
    app.extensions[PLACE] = listeners


def list_changed() -> None:
    """Call them. Inside a write transaction."""
    listeners: tuple[Listener, ...] = current_app.extensions.get(PLACE, ())
    for listener in listeners:
        listener()
