"""What failed in a stage, kept for the words at the end of the run, and of what kind it was.

Late is what was waited for in vain: on a busy machine a browser may need longer than anybody waits. A promise is broken
when an oracle found words lost, doubled or with somebody else. Wrong is all the rest.
docs/decisions/0012-late-is-looked-at-twice.md says what follows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from traceback import walk_tb
from typing import Any

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeout

from tests.harness.waiting import NEVER, Late

KEPT_IN = "FRIENDTOR_FAILURES"
WAITED_FOR = "Call log:"  # an `expect` of Playwright ends with what it saw while it waited
ORACLES = str(Path(__file__).with_name("oracles.py"))
KIND = "kind"
GIVEN_UP = "crashed while running"  # what xdist says of a test that tests/harness/hanging.py ended
LONGEST = 2_500  # characters of one failure's end: a log of a whole run must hold several


class Kind(StrEnum):
    LATE = "late"
    WRONG = "wrong"
    PROMISE = "promise"


@dataclass(frozen=True)
class Failure:
    """A test that failed: its name as pytest takes it, what it failed of, and the end of what was said."""

    test: str
    kind: Kind
    words: str


def read_failures(file: Path) -> list[Failure]:
    """What failed in the session that wrote this file; nothing when it was ended before it could write."""
    kept = json.loads(file.read_text()) if file.exists() else []
    return [Failure(one["test"], Kind(one["kind"]), one["words"]) for one in kept]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """In the process that runs the test; the report carries what this notes to the one that sums up."""
    report = yield
    if call.excinfo is not None:
        report.user_properties.append((KIND, kind_of(call.excinfo.value).value))  # xdist carries plain words only
    return report


def kind_of(error: BaseException) -> Kind:
    words = str(error)
    in_vain = isinstance(error, (AssertionError, BrowserError)) and (WAITED_FOR in words or NEVER in words)
    if in_vain or isinstance(error, (Late, TimeoutError, BrowserTimeout)):
        return Kind.LATE
    seen_by_an_oracle = any(frame.f_code.co_filename == ORACLES for frame, _ in walk_tb(error.__traceback__))
    return Kind.PROMISE if isinstance(error, AssertionError) and seen_by_an_oracle else Kind.WRONG


def pytest_configure(config: pytest.Config) -> None:
    file = os.environ.get(KEPT_IN)
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Keeper(Path(file)))


def keep_where_it_stands(test: str, words: str) -> None:
    """For the end of the run, from the process that is about to be ended."""
    if file := os.environ.get(KEPT_IN):
        with _hung(Path(file)).open("a") as kept:
            print(json.dumps([test, words]), file=kept)


def where_it_stood(file: Path, test: str) -> str:
    """What `keep_where_it_stands` kept of a test; nothing when its process ended without a hang."""
    lines = _hung(file).read_text().splitlines() if _hung(file).exists() else []
    return "".join(words for hung, words in map(json.loads, lines) if hung == test)


def _hung(file: Path) -> Path:
    return file.with_suffix(".hung")


class _Keeper:
    """Writes what failed when the session ends, in the process that hears of every test."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.failures: list[Failure] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            words = report.longreprtext
            kind = Kind(dict(report.user_properties).get(KIND, Kind.WRONG))
            if GIVEN_UP in words:
                kind, words = Kind.LATE, f"{words}\n{where_it_stood(self.file, report.nodeid)}"
            self.failures.append(Failure(report.nodeid, kind, words[-LONGEST:]))

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps([asdict(failure) for failure in self.failures]))
