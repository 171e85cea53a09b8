"""What stands in a cell, as a value: dates in several spellings, kinds of engagement, roles, languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from webapp.staff.columns import plain

DAY_FIRST, MONTH_FIRST = "day", "month"
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?")
LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
ENGAGEMENTS = {
    "staff": ("staff", "permanent", "employee", "employed", "full time", "part time", "plantilla", "fijo", "fija",
              "indefinido", "personal"),
    "student": ("student", "trainee", "estudiante", "alumno", "alumna", "practicas"),
    "agency": ("agency", "contractor", "agencia", "ett", "subcontratado"),
    "bank": ("bank", "pool", "per diem", "float", "casual", "bolsa", "eventual", "suplencia"),
}  # fmt: skip
ROLES = {
    "mentor": ("mentor", "mentora", "friend tor", "guia"),
    "mentee": (
        "mentee",
        "persona guiada",
        "new nurse",
        "mentorizado",
        "mentorizada",
        "mentorando",
        "mentoranda",
        "enfermera nueva",
    ),
    "": ("none", "no", "ninguno", "ninguna"),
}  # fmt: skip
KIND = {name: kind for kind, names in ENGAGEMENTS.items() for name in names}
ROLE = {name: role for role, names in ROLES.items() for name in names}
EARLIEST, LATEST = date(1940, 1, 1), date(2200, 1, 1)


class Wrong(Exception):
    """The cell says nothing that is known. `reason` is the key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def order_of_dates(cells: Iterable[str]) -> set[str]:
    """What the dates of a file prove: that the day comes first, the month, both of them (a mixture), or nothing."""
    proven = set()
    for cell in cells:
        local = LOCAL.fullmatch(cell)
        if local and int(local[1]) > 12:
            proven.add(DAY_FIRST)
        if local and int(local[2]) > 12:
            proven.add(MONTH_FIRST)
    return proven


def is_ambiguous(cell: str) -> bool:
    """Whether a date can be read in two ways."""
    local = LOCAL.fullmatch(cell)
    return bool(local) and int(local[1]) <= 12 and int(local[2]) <= 12 and local[1] != local[2] if local else False


def date_of(cell: str, order: str) -> date | None:
    """Raises `Wrong`."""
    if not cell:
        return None
    iso, local = ISO.fullmatch(cell), LOCAL.fullmatch(cell)
    if iso:
        parts = int(iso[1]), int(iso[2]), int(iso[3])
    elif local:
        first, second = int(local[1]), int(local[2])
        parts = (int(local[3]), second, first) if order == DAY_FIRST else (int(local[3]), first, second)
    else:
        raise Wrong("date")
    try:
        day = date(*parts)
    except ValueError:
        raise Wrong("date") from None
    if not EARLIEST <= day <= LATEST:
        raise Wrong("date")
    return day


def engagement_of(cell: str) -> str | None:
    """Raises `Wrong`."""
    if not cell:
        return None
    if plain(cell) not in KIND:
        raise Wrong("engagement")
    return KIND[plain(cell)]


def roles_of(cell: str) -> frozenset[str]:
    """Mentee, mentor or both; nothing else is given by a file. Raises `Wrong`."""
    said = [plain(each) for each in re.split(r"[,;/+&]| and | y ", cell) if each.strip()]
    if any(each not in ROLE for each in said):
        raise Wrong("role")
    return frozenset(ROLE[each] for each in said) - {""}


def languages_of(cell: str) -> tuple[str, ...]:
    """As they are written, each once, in the order of the alphabet."""
    said = (each.strip()[:40] for each in re.split(r"[,;/|]", cell))
    return tuple(sorted({each for each in said if each}, key=str.casefold))
