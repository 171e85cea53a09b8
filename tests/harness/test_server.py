"""The harness's server runs for real, and can be stopped, killed and started again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.server import Server
from tests.people import make_cast
from webapp.database import db
from webapp.people import Person


@pytest.fixture
def started(tmp_path: Path, database_url: str) -> Server:
    data = tmp_path / "data"
    data.mkdir()
    server = Server(data, "" if database_url.startswith("sqlite") else database_url)
    server.prepare()
    return server


@pytest.mark.slow
def test_a_killed_server_starts_again_with_its_data(started: Server) -> None:
    started.start()
    try:
        with started.inside():
            mary = make_cast().mary
        started.kill()
        assert not started.answers()
        started.start()
        with started.inside():
            assert db.session.get_one(Person, mary).name == "Mary Okafor"
    finally:
        started.stop()
    assert not started.is_running()
