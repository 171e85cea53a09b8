"""One row of a staff list as a person: every cell read, or why the line is left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from webapp.database import plain_name
from webapp.staff.reading import LONGEST_CELL, Table
from webapp.staff.values import (
    DAY_FIRST,
    Wrong,
    date_of,
    engagement_of,
    is_ambiguous,
    languages_of,
    order_of_dates,
    roles_of,
)

T = TypeVar("T")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DATES = ("starts_on", "ends_on", "trained_on", "leave_until")
LENGTHS = {"name": 120, "email": 254, "staff_number": 40, "unit": 120, "second_unit": 120, "site": 120, "licence": 60,
           "employer": 120, "manager": 254, "assessor": 254}  # fmt: skip


@dataclass(frozen=True)
class BadLine:
    """A line that is left out. `reason` is the key of a sentence, `value` what it speaks of."""

    line: int
    reason: str
    value: str = ""
    staff_number: str = ""


@dataclass
class StaffLine:
    """What a line says. `given` are the fields whose columns the file has: what is not given stays as it is."""

    line: int
    given: frozenset[str]
    staff_number: str
    name: str = ""
    email: str | None = None
    site: str = ""
    unit: str = ""
    second_unit: str = ""
    roles: frozenset[str] = frozenset()
    licence: str | None = None
    manager: str = ""
    assessor: str = ""
    languages: tuple[str, ...] = ()
    starts_on: date | None = None
    employer: str | None = None
    engagement: str | None = None
    ends_on: date | None = None
    trained_on: date | None = None
    leave_until: date | None = None


@dataclass
class Lines:
    """A file, line by line. `two_ways` are dates that can be read in two ways; `order` is how they were read."""

    good: list[StaffLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    two_ways: list[str] = field(default_factory=list)
    order: str = DAY_FIRST


def read_lines(table: Table, columns: Mapping[str, int], order: str = "") -> Lines:
    """Every row as a line that is good or bad. `order` says how dates are written, "" where the file must tell."""
    cells = [
        row[columns[each]] for each in DATES if each in columns for _, row in table.rows if columns[each] < len(row)
    ]
    proven = order_of_dates(cells)
    lines = Lines(order=order or (proven.pop() if len(proven) == 1 else DAY_FIRST))
    if not order and len(order_of_dates(cells)) != 1:
        lines.two_ways = sorted({each for each in cells if is_ambiguous(each)})
    for number, row in table.rows:
        try:
            lines.good.append(_read(number, row, table.headings, columns, lines.order))
        except BadCell as bad:
            lines.bad.append(BadLine(number, bad.reason, bad.value[:80], _cell(row, columns, "staff_number").upper()))
    _leave_out_doubles(lines)
    return lines


class BadCell(Exception):
    """A cell for which its whole line is left out."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.value = reason, value


def _read(
    number: int, row: Sequence[str], headings: Sequence[str], columns: Mapping[str, int], order: str
) -> StaffLine:
    if any(row[len(headings) :]):
        raise BadCell("more_cells")
    said = {name: _cell(row, columns, name) for name in columns}
    for name, value in said.items():
        if len(value) > LENGTHS.get(name, LONGEST_CELL):
            raise BadCell("too_long", value)
    line = StaffLine(number, _given(columns), _staff_number(said))
    line.name, line.email = _name(said), _email(said)
    for name in ("site", "unit", "second_unit"):
        setattr(line, name, plain_name(said.get(name, "")))
    line.manager, line.assessor = said.get("manager", ""), said.get("assessor", "")
    line.licence, line.employer = said.get("licence") or None, said.get("employer") or None
    line.languages = languages_of(said.get("languages", ""))
    line.roles = _checked(roles_of, said.get("role", ""))
    line.engagement = _checked(engagement_of, said.get("engagement", ""))
    for name in DATES:
        setattr(line, name, _checked(lambda cell: date_of(cell, order), said.get(name, "")))
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        raise BadCell("ends_first", line.ends_on.isoformat())
    return line


def _given(columns: Mapping[str, int]) -> frozenset[str]:
    joined = {"name"} if columns.keys() & {"first_name", "last_name"} else set()
    return frozenset(columns) - {"first_name", "last_name"} | joined


def _cell(row: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    at = columns.get(name)
    return row[at] if at is not None and at < len(row) else ""


def _staff_number(said: Mapping[str, str]) -> str:
    number = said.get("staff_number", "").upper()
    if not number:
        raise BadCell("no_staff_number")
    if "@" in number:
        raise BadCell("staff_number_is_email", number)
    return number


def _name(said: Mapping[str, str]) -> str:
    name = said.get("name") or f"{said.get('first_name', '')} {said.get('last_name', '')}"
    name = plain_name(name.strip())
    if len(name) > LENGTHS["name"]:
        raise BadCell("too_long", name)
    return name


def _email(said: Mapping[str, str]) -> str | None:
    email = said.get("email", "").lower()
    if email and not EMAIL.fullmatch(email):
        raise BadCell("email", email)
    return email or None


def _checked(read: Callable[[str], T], cell: str) -> T:
    try:
        return read(cell)
    except Wrong as wrong:
        raise BadCell(wrong.reason, cell) from None


def _leave_out_doubles(lines: Lines) -> None:
    """Nobody can tell which of two lines about one person is right, so both are left out."""
    for reason, key in (("same_number", "staff_number"), ("same_email", "email")):
        first: dict[str, StaffLine] = {}
        doubled: dict[int, str] = {}
        for line in lines.good:
            value = getattr(line, key)
            if value and value in first:
                doubled[line.line] = doubled[first[value].line] = value
            elif value:
                first[value] = line
        out = [line for line in lines.good if line.line in doubled]
        lines.bad += [BadLine(line.line, reason, doubled[line.line], line.staff_number) for line in out]
        lines.good = [line for line in lines.good if line.line not in doubled]
    lines.bad.sort(key=lambda each: each.line)
