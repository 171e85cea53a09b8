"""The codes on posters: one of the programme's door, and one for each unit that begins with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from webapp.database import db
from webapp.people import Unit, tidy_code
from webapp.programmes.models import Door

DOOR_LETTERS, UNIT_LETTERS = 8, 6


@dataclass(frozen=True, slots=True)
class Entrance:
    """An open door, and the unit on whose poster the code stood; it may have been typed by anybody."""

    door: Door
    unit: Unit | None = None


def code_for(door: Door, unit: Unit | None) -> str:
    """The code of the door, or of one unit's poster: a new code of the door makes new ones of all units."""
    return door.code + _letters(door, unit) if unit else door.code


def entrance_by_code(code: str) -> Entrance | None:
    """Where a code leads, typed or scanned. The letters of a unit that is no more lead to the door alone."""
    tidy = tidy_code(code)
    door = db.session.scalar(select(Door).where(Door.code == tidy[:DOOR_LETTERS]))
    if door is None or not door.is_open:
        return None
    said = tidy[DOOR_LETTERS:]
    if not said:
        return Entrance(door)
    units = db.session.scalars(select(Unit))
    return Entrance(door, next((each for each in units if _letters(door, each) == said), None))


def _letters(door: Door, unit: Unit) -> str:
    return hashlib.sha256(f"friendtor poster 1|{door.code}|{unit.id}".encode()).hexdigest()[:UNIT_LETTERS].upper()
