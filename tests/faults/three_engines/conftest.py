"""One server for all of these, since nothing here is done to it: trouble is on the line and in the browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.fixtures import running
from tests.harness.server import Server
from tests.people import Cast, make_cast


@pytest.fixture(scope="package")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("hospital") / "data"
    shutil.copytree(prepared, data)
    yield from running(Server(data))


@pytest.fixture(scope="package")
def people(server: Server) -> Cast:
    with server.inside():
        return make_cast()
