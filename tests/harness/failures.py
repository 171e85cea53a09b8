"""What failed in a stage, kept for the words at the end of the run, and whether it was wrong or only late.

Late is what was waited for in vain: on a busy machine a browser may need longer than anybody waits. Wrong is all the
rest. docs/decisions/0012-late-is-looked-at-twice.md says what follows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeout

from tests.harness.waiting import NEVER, Late

KEPT_IN = "FRIENDTOR_FAILURES"
WAITED_FOR = "Call log:"  # an `expect` of Playwright ends with what it saw while it waited
GIVEN_UP = "crashed while running"  # what xdist says of a test that tests/harness/hanging.py ended
LONGEST = 2_500  # characters of one failure's end: a log of a whole run must hold several


@dataclass(frozen=True)
class Failure:
    """A test that failed: its name as pytest takes it, whether it was only late, and the end of what was said."""

    test: str
    late: bool
    words: str


def read_failures(file: Path) -> list[Failure]:
    """What failed in the session that wrote this file; nothing when it was ended before it could write."""
    return [Failure(**one) for one in json.loads(file.read_text())] if file.exists() else []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """In the process that runs the test; the report carries what this notes to the one that sums up."""
    report = yield
    if call.excinfo is not None and is_late(call.excinfo.value):
        report.user_properties.append(("late", True))
    return report


def is_late(error: BaseException) -> bool:
    """Whether something was waited for in vain."""
    if isinstance(error, (Late, TimeoutError, BrowserTimeout)):
        return True
    words = str(error)
    return isinstance(error, (AssertionError, BrowserError)) and (WAITED_FOR in words or NEVER in words)


def pytest_configure(config: pytest.Config) -> None:
    file = os.environ.get(KEPT_IN)
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Keeper(Path(file)))


class _Keeper:
    """Writes what failed when the session ends, in the process that hears of every test."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.failures: list[Failure] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            words = report.longreprtext
            late = ("late", True) in map(tuple, report.user_properties) or GIVEN_UP in words
            self.failures.append(Failure(report.nodeid, late, words[-LONGEST:]))

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps([asdict(failure) for failure in self.failures]))
