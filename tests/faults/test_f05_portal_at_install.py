"""F5: somebody's Wi-Fi answers for our files while a new worker is installed. The old worker stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.release import bring_out_a_version
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast

UPDATE = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true, () => false)"
SETTLED = """navigator.serviceWorker.getRegistration()
  .then((it) => it.installing === null && it.waiting === null && it.active !== null)"""


@pytest.fixture
def server(server_of_a_copy: Server) -> Server:
    return server_of_a_copy


def test_a_portal_cannot_replace_the_worker(
    server: Server, people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    [before] = [name for name in device.kept()["caches"] if name.startswith("friendtor-")]
    bring_out_a_version(server, "second")
    portal = proxy.inflict("html", "/static")
    device.page.evaluate(UPDATE)
    until(lambda: portal.met, "the portal's answer")
    until(lambda: device.page.evaluate(SETTLED), "the end of the try")
    assert [name for name in device.kept()["caches"] if name.startswith("friendtor-")] == [before]
    device.offline()
    page = check_in(device, witness.typed(people.mary, canary("check-in")))
    until_saved(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    witness.assert_no_loss()
    proxy.heal()
    device.online()
    device.go("/")
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
