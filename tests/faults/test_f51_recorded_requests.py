"""F51: phones of an earlier release speak to this server. What they ask is accepted or kept, never discarded."""

from __future__ import annotations

import pytest

from tests.harness.oracles import Witness
from tests.harness.released import Release
from tests.harness.server import Server


@pytest.fixture
def server(server_of_that_release: Server) -> Server:
    return server_of_that_release


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
