"""The addresses of this room: the sync protocol for phones, and the pages where people decide."""

from webapp.sync.views import decisions, held, wire
from webapp.sync.views.room import room

__all__ = ["decisions", "held", "room", "wire"]
