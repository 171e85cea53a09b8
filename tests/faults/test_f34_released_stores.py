"""F34: a phone comes from an earlier release, with work that waits. Its queue is whole, and what waited is sent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness
from tests.harness.pages import wait_until_known
from tests.harness.released import Release, load_stores, record_stores, releases
from tests.harness.server import Server
from tests.harness.waiting import until

ON_THE_PHONE = {"sent by the phone", "waiting on the phone", "half typed on the phone"}


@pytest.fixture
def server(release: Release, server_of_that_release: Server) -> Server:
    """After it had heard all that was sent to it."""
    release.ask_again(server_of_that_release)
    return server_of_that_release


def test_what_waited_on_a_phone_of_that_release_is_sent(
    release: Release, server: Server, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    mary = release.person("mary")
    device = new_device()
    device.go("/healthz")  # an address of ours without scripts of ours
    load_stores(device, release.stores)
    before = rows_by_id(release.stores)
    assert {row["state"] for row in before.values()} == {"sent", "waiting"}
    for words in ON_THE_PHONE:
        witness.typed(mary, release.said["words"][words])
    witness.assert_no_loss()
    device.take_cookies({"browser": release.said["browser"]})
    sign_in(device, mary)
    device.offline()
    device.online()
    page = device.go("/check-in")
    wait_until_known(device)
    expect(page.locator("#words")).to_have_value(release.said["words"]["half typed on the phone"])
    until(lambda: not device.waiting(), "the sending")
    after = rows_by_id(record_stores(device))
    assert {id_: row["sealed"] for id_, row in after.items()} == {id_: row["sealed"] for id_, row in before.items()}
    witness.assert_no_loss()
    witness.assert_private(reader=release.person("charlie"))


def test_the_database_of_this_release_is_recorded(new_device: NewDevice, sign_in: SignIn) -> None:
    newest = releases()[-1]
    device = sign_in(new_device(), newest.person("mary"))
    device.go("/help-now")
    wait_until_known(device)
    assert shape_of(record_stores(device)) == shape_of(newest.stores), "a new shape: a version and a recording"


def rows_by_id(stores: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["op_id"]: row for row in stores["stores"]["outbox"]["rows"]}


def shape_of(stores: dict[str, Any]) -> dict[str, Any]:
    """Version, stores, keys and indexes, without rows."""
    kept = {name: (store["keyPath"], store["indexes"]) for name, store in stores["stores"].items()}
    return {"version": stores["version"], "stores": kept}
