"""Five hundred phones at once. What is right is asserted; how fast it is, `bin/bench load` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.load import load
from tests.harness.server import Server
from tests.harness.soak import runs

PHONES = 500
SECONDS = runs(20, soak=300)
WARM = 3  # samples: pools, caches and compiled statements fill in the first seconds
GROWTH = 1.25


@pytest.mark.soaks
@pytest.mark.slow
def test_five_hundred_phones_lose_nothing_and_break_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.data.mkdir()
    figures = load(server, PHONES, SECONDS, pause=8)
    print(*figures.lines(), sep="\n")
    assert figures.written > PHONES
    assert figures.acknowledged == figures.written == figures.in_ledger
    assert set(figures.outcomes) <= {"applied", "duplicate"}
    assert set(figures.statuses) <= {"200", "503"}
    assert figures.without_retry_after == 0
    assert figures.memory[-1] <= GROWTH * max(figures.memory[:WARM]), figures.memory
