"""F1: the browser, or only its worker, is killed while a request hangs. Still queued, sent once."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, signal_comes_back, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast


def test_a_browser_killed_while_sending_sends_after_its_restart(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url, alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    device.reopen()  # a browser writes new cookies to the disk after half a minute, or when it closes
    hanging = proxy.inflict("hang", "/sync", method="POST")
    until_saved(check_in(device, witness.typed(people.mary, canary("check-in"))))
    until(lambda: hanging.met, "the sending")
    device.kill()
    proxy.heal()
    device.open()
    device.go("/")
    until(lambda: proxy.count("POST", "/sync") > hanging.met, "another sending")
    until(lambda: not device.waiting(), "the acknowledgement")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_a_worker_killed_while_sending_loses_nothing(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    page = check_in(device, witness.typed(people.mary, canary("check-in")))
    until_saved(page)
    hanging = proxy.inflict("hang", "/sync", method="POST")
    device.online()
    until(lambda: hanging.met, "the sending")
    device.cdp.send("ServiceWorker.stopAllWorkers")
    proxy.heal()
    page.reload()
    signal_comes_back(device.page)
    until(lambda: not device.waiting(), "the acknowledgement")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
