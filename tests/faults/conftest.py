"""What the faults stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.fixtures import *  # noqa: F403
from tests.harness.fixtures import running
from tests.harness.released import Release, releases
from tests.harness.server import Server


@pytest.fixture(params=releases(), ids=lambda release: f"database {release.folder.name}")
def release(request: pytest.FixtureRequest) -> Release:
    """What an earlier release left."""
    recorded: Release = request.param
    return recorded


@pytest.fixture
def server_of_that_release(release: Release, tmp_path: Path) -> Iterator[Server]:
    """That release's hospital, brought up to date."""
    server = Server(tmp_path / "data")
    release.restore(server.data)
    server.prepare()
    yield from running(server)
