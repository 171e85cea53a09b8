"""Tests marked `one_database` run on SQLite alone: they look at words, layout or what is refused.

No database can change what they see as long as PostgreSQL runs each of their statements in another test. That is not
believed but compared: in the stage `rooms` a marked test that sends a statement of its own is an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

COMPARED = "FRIENDTOR_COMPARED"
MARK = "one_database"
OF_ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")  # not what makes tables
LONGEST = 400  # characters of a statement that are shown
SEVERAL = re.compile(r"\?(?:, \?)+")
ROWS = re.compile(r"\(\?\)(?:, \(\?\))+")
ALONE = "one_database_alone"
ON_BOTH = "one_database_on_both"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    spared = {item for item in items if item.get_closest_marker(MARK) and kind_of(item) == "postgres"}
    if spared:
        config.hook.pytest_deselected(items=list(spared))
        items[:] = [item for item in items if item not in spared]


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get(COMPARED):
        config.pluginmanager.register(_Comparison(), "one_database_comparison")


def kind_of(item: pytest.Item) -> str:
    """Which database a test runs on; nothing when it does not ask for one."""
    call = getattr(item, "callspec", None)
    return "" if call is None else str(call.params.get("database_kind", ""))


def shape_of(statement: str) -> str:
    """A statement without the number of its parameters, which is a matter of data."""
    return ROWS.sub("(?)", SEVERAL.sub("?", statement))


@dataclass
class Sent:
    """What was sent on SQLite: by tests that have a twin on PostgreSQL, and by those that have none, with the first."""

    on_both: set[str] = field(default_factory=set)
    alone: dict[str, str] = field(default_factory=dict)

    def missing(self) -> dict[str, str]:
        """Statement and test of those that PostgreSQL never runs."""
        return {statement: test for statement, test in self.alone.items() if statement not in self.on_both}


class _Comparison:
    """Listens in each process; the one that sums up compares."""

    def __init__(self) -> None:
        self.sent = Sent()
        self._now: set[str] = set()
        self._missing: dict[str, str] = {}
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(OF_ROWS):
            self._now.add(statement)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self._now.clear()
        ended = yield
        if kind_of(item) == "sqlite":
            shapes = map(shape_of, self._now)
            if item.get_closest_marker(MARK):
                self.sent.alone.update(dict.fromkeys(shapes, item.nodeid) | self.sent.alone)
            else:
                self.sent.on_both.update(shapes)
        return ended

    def pytest_testnodedown(self, node: Any) -> None:
        output = getattr(node, "workeroutput", {})
        self.sent.on_both.update(output.get(ON_BOTH, ()))
        self.sent.alone.update(output.get(ALONE, {}))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output |= {ON_BOTH: sorted(self.sent.on_both), ALONE: self.sent.alone}
        elif session.exitstatus == pytest.ExitCode.OK:  # else some never sent what they would have
            self._missing = self.sent.missing()
            if self._missing:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for statement, test in sorted(self._missing.items(), key=lambda pair: pair[1]):
            terminalreporter.write_line(
                f"{test} runs on SQLite alone, and no test on PostgreSQL sends:\n  {statement[:LONGEST]}"
            )
