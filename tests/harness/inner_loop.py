"""What `bin/test quick` leaves out: it is for the minutes between two changes, and the whole run is what counts.

It runs the guards whole, the rooms that differ from `main` whole, and of every other room the first test of each file.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

QUICK = "FRIENDTOR_QUICK"
TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
GUARDS = {"architecture", "languages"}
NAMED_OTHERWISE = {"people": "people_room"}


@pytest.hookimpl(trylast=True)  # of what no other option left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get(QUICK):
        whole = GUARDS | touched(differing())
        kept = chosen([item.nodeid for item in items], whole)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
        items[:] = [item for item in items if item.nodeid in kept]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get(QUICK):
        whole = ", ".join(sorted(GUARDS | touched(differing())))
        terminalreporter.write_line(f"Ran whole: {whole}. Of each other file only the first test, all on SQLite alone.")


def chosen(tests: Sequence[str], whole: set[str]) -> set[str]:
    """Of the ids of tests, those in folders that run whole, and the first of each other file."""
    first = {test.partition("::")[0]: test for test in reversed(tests)}
    return {test for test in tests if folder_of(test) in whole} | set(first.values())


def folder_of(test: str) -> str:
    return test.split("/")[1]


def touched(files: Iterable[str]) -> set[str]:
    """The folders of tests that bear the name of a part of one of these paths."""
    folders = {path.name for path in TESTS.iterdir() if path.is_dir()}
    parts = {part for file in files for part in Path(file).with_suffix("").parts}
    return folders & {NAMED_OTHERWISE.get(part, part) for part in parts}


def differing() -> list[str]:
    """Files that differ from where this branch left `main`, on `main` itself from the commit before; new ones too."""
    left = _git("merge-base", "HEAD", "main")
    since = left if left and left != _git("rev-parse", "HEAD") else ["HEAD~1"]
    return _git("diff", "--name-only", *since) + _git("ls-files", "--others", "--exclude-standard")


def _git(*words: str) -> list[str]:
    """Lines that git says; none where there is no git, no `main` or no commit before."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
