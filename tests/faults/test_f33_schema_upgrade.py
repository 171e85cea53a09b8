"""F33: a new version changes the phone's database while a tab of the old version is open. Nobody waits for ever."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, fill_in_check_in, save_check_in, until_saved, until_sent, wait_until_known
from tests.harness.release import bring_out_a_schema
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast

STORES = "indexedDB.databases().then(([{ version }]) => version)"


@pytest.fixture
def server(server_of_a_copy: Server) -> Server:
    return server_of_a_copy


def test_both_tabs_go_on_saving(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.go("/check-in")
    before = device.run(STORES)
    bring_out_a_schema(server)
    device.new_tab()
    until_sent(check_in(device, witness.typed(people.mary, canary("in the new tab"))))
    assert device.run(STORES) == before + 1
    device.to_tab(0)
    fill_in_check_in(device.page, witness.typed(people.mary, canary("in the old tab")))
    save_check_in(device.page)
    until_sent(device.page)
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("without signal, from the old shell"))))
    device.online()
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_a_frozen_old_tab_keeps_nobody_waiting(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.go("/check-in")
    bring_out_a_schema(server)
    device.new_tab()
    device.freeze(0)
    check_in(device, witness.typed(people.mary, canary("past the frozen tab")))
    until(lambda: on_the_server(witness), "the posting")
    device.thaw(0)
    witness.assert_private(reader=people.charlie)


def on_the_server(witness: Witness) -> bool:
    from tests.harness.oracles import texts_on_server

    with witness.server.inside():
        return any(witness.words()[0] in found.text for found in texts_on_server())
