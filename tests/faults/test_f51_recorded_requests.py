"""F51: phones of an earlier release speak to this server. What they ask is accepted or kept, never discarded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.fixtures import running
from tests.harness.oracles import Witness
from tests.harness.released import Release, releases
from tests.harness.server import Server


@pytest.fixture(params=releases(), ids=lambda release: f"database {release.folder.name}")
def release(request: pytest.FixtureRequest) -> Release:
    recorded: Release = request.param
    return recorded


@pytest.fixture
def server(release: Release, tmp_path: Path) -> Iterator[Server]:
    """That release's hospital, brought up to date."""
    server = Server(tmp_path / "data")
    release.restore(server.data)
    server.prepare()
    yield from running(server)


def test_every_request_of_that_release_is_answered_as_then(release: Release, server: Server, witness: Witness) -> None:
    said = release.said["words"]
    on_the_server = {name: words for name, words in said.items() if not name.endswith("on the phone")}
    for name, words in on_the_server.items():
        witness.typed(release.person("ana" if name == "an answer" else "mary"), words)
    pairs = release.ask_again(server)
    assert len(pairs) >= 30
    for then, now in pairs:
        assert {name: now[name] for name in then} == then
    witness.assert_no_loss()
    for then, now in release.ask_again(server):
        assert now["status"] == ("duplicate" if then["status"] in ("applied", "duplicate") else then["status"])
    witness.assert_no_loss()
    witness.assert_private(reader=release.person("charlie"))
