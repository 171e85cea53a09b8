"""docs/reliability.md has a row for each of the 56 faults, and names the tests that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "reliability.md"
FAULTS = ROOT / "tests" / "faults"
ROW = re.compile(r"^\| F(\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \| (all three|Chromium|no browser|-) \|$", re.M)
FILE = re.compile(r"`([\w/]+\.py)`")


def test_every_fault_has_a_row_that_names_its_tests() -> None:
    assert not differences(PAGE.read_text(), there())


def test_a_missing_row_an_unnamed_test_and_a_test_that_is_not_there_are_seen() -> None:
    assert differences("", []) == [f"F{number} has no row" for number in range(1, 57)]
    page = PAGE.read_text()
    assert differences(page, [*there(), "test_f02_more.py"]) == ["F2 should name test_f02_more.py"]
    gone = [name for name in there() if not name.endswith("test_f09_ten_taps.py")]
    assert differences(page, gone) == ["F9 names three_engines/test_f09_ten_taps.py, which is not there"]


def test_a_row_that_says_all_three_has_a_test_told_in_three_engines() -> None:
    told = {number for number, files, engines in rows(PAGE.read_text()) if engines == "all three"}
    assert told == {number_of(name) for name in there() if name.startswith("three_engines/")}


def there() -> list[str]:
    """Every test of a fault, below tests/faults."""
    return sorted(str(path.relative_to(FAULTS)) for path in FAULTS.rglob("test_f*.py"))


def number_of(name: str) -> int:
    return int(Path(name).name.removeprefix("test_f")[:2])


def rows(page: str) -> list[tuple[int, list[str], str]]:
    """Number, test files and engines of each row."""
    return [(int(number), FILE.findall(tests), engines) for number, tests, engines in ROW.findall(page)]


def differences(page: str, tests: Iterable[str]) -> list[str]:
    """What the page and the tests do not agree on."""
    found, tests = {number: files for number, files, _ in rows(page)}, list(tests)
    wrong = [f"F{number} has no row" for number in range(1, 57) if number not in found]
    for number, files in found.items():
        mine = [name for name in tests if number_of(name) == number]
        wrong += [f"F{number} should name {name}" for name in mine if name not in files]
        wrong += [f"F{number} names {name}, which is not there" for name in files if name not in mine]
    return wrong
