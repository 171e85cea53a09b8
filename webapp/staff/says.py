"""The sentences of words.py with what they speak of."""

from __future__ import annotations

from flask_babel import format_decimal

from webapp.staff.lines import BadLine
from webapp.staff.reading import Unreadable
from webapp.staff.words import BAD_LINE, UNREADABLE


def say_unreadable(unreadable: Unreadable) -> str:
    """Why a file cannot be read."""
    return str(UNREADABLE[unreadable.reason]) % {"number": format_decimal(unreadable.number)}


def say_bad_line(bad: BadLine) -> str:
    """Why a line is left out."""
    return str(BAD_LINE[bad.reason]) % {"value": bad.value}
