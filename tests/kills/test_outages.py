"""SIGKILL at random moments: every acknowledged op is there, none twice, no push lost, on both databases."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.conftest import new_postgres_database
from tests.doubles.push_service import PushService
from tests.harness.server import Server
from tests.harness.soak import runs, seconds_for_one
from tests.kills.outages import Outages

KILLS = runs(40, soak=500)
LARGEST_SEED = 2**32


@pytest.mark.long
@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
@pytest.mark.slow
def test_kills_lose_and_double_nothing_on_sqlite(tmp_path: Path, service: PushService) -> None:
    survive(Server(tmp_path / "data", PUSH_EXTRA_ORIGINS=service.origin), service)


@pytest.mark.long
@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
@pytest.mark.slow
@pytest.mark.postgres
def test_kills_lose_and_double_nothing_on_postgresql(tmp_path: Path, service: PushService, postgres_url: str) -> None:
    with new_postgres_database(postgres_url) as url:
        survive(Server(tmp_path / "data", url, PUSH_EXTRA_ORIGINS=service.origin), service)


def survive(server: Server, service: PushService, kills: int = KILLS) -> None:
    """Die so often, come to rest, and look."""
    outages = Outages(server, service, seed=random.randrange(LARGEST_SEED))
    print(f"seed {outages.seed}")
    server.data.mkdir()
    outages.begin()
    try:
        for _ in range(kills):
            outages.die()
        outages.come_to_rest()
    finally:
        server.stop()
    print(f"{dict(outages.deaths)}; {len(outages.acknowledged)} acknowledged of {len(outages.notes + outages.entries)}")
    outages.assert_nothing_lost_or_doubled()
    outages.assert_repeats_replace()
