"""Reads the tables of docs/who-may-do-what.md, which people wrote and people read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.access.hospital import PEOPLE
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "who-may-do-what.md"
ANSWERS = {"yes", "no", "sign in"}
NAMED = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Row:
    """One line: what is tried, where, and what each person is answered. `where` is empty where there is no address."""

    what: str
    where: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.what} ({self.where})" if self.where else self.what

    @property
    def method(self) -> str:
        return self.where.partition(" ")[0]

    @property
    def address(self) -> str:
        return self.where.partition(" ")[2]

    @property
    def things(self) -> list[str]:
        """What stands in braces, in order."""
        return NAMED.findall(self.where)


def rows_under(heading: str, page: str | None = None) -> list[Row]:
    """The rows of every table below a heading of the second rank."""
    text = (PAGE.read_text() if page is None else page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert text, f"{PAGE.name} has no part “{heading}”"
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [_row(line) for line in lines if not line.startswith(("|--", "| what |"))]


def _row(line: str) -> Row:
    what, where, *answers = (cell.strip() for cell in line.strip().strip("|").split("|"))
    assert len(answers) == len(PEOPLE), f"this row needs {len(PEOPLE)} answers: {line}"
    assert set(answers) <= ANSWERS, f"an answer is one of {', '.join(sorted(ANSWERS))}: {line}"
    return Row(what, where.strip("`"), dict(zip(PEOPLE, answers, strict=True)))
