"""What `bin/test quick` runs follows from what differs, and a long test begins before the short ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.inner_loop import ROOT, chosen, touched

TESTS = [
    "tests/architecture/test_files.py::test_one",
    "tests/architecture/test_files.py::test_two",
    "tests/journal/test_trash.py::test_one",
    "tests/journal/test_trash.py::test_two",
    "tests/mail/test_smtp.py::test_one",
    "tests/mail/test_smtp.py::test_two",
]
FOUR = """
import pytest

def test_a(): pass
def test_b(): pass
@pytest.mark.long
def test_c(): pass
@pytest.mark.long
def test_d(): pass
"""


@pytest.mark.parametrize(
    ("file", "folders"),
    [
        ("webapp/journal/actions.py", {"journal"}),
        ("templates/people/desk.html", {"people_room"}),
        ("webapp/matching/offers/views.py", {"matching", "offers"}),
        ("tests/mail/test_smtp.py", {"mail"}),
        ("migrations/versions/0026_more.py", {"migrations"}),
        ("docs/languages.md", {"languages"}),
        ("LICENSE", set()),
    ],
)
def test_a_file_touches_the_rooms_that_its_path_names(file: str, folders: set[str]) -> None:
    assert touched([file]) == folders


def test_what_is_touched_runs_whole_and_the_rest_begins_each_file() -> None:
    assert chosen(TESTS, {"architecture", "journal"}) == {*TESTS[:5]}


def test_each_half_begins_with_its_share_of_the_long_ones(tmp_path: Path) -> None:
    (tmp_path / "test_four.py").write_text(FOUR)
    assert collected(tmp_path) == ["c", "a", "d", "b"]


def collected(folder: Path) -> list[str]:
    """The last letters of the tests in this folder, in the order in which they begin."""
    words = ["-q", "--collect-only", "-p", "tests.harness.longest_first", "-c", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *words, "--rootdir", str(folder), str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line.rpartition("test_")[2] for line in run.stdout.splitlines() if "::" in line]
