"""F36: one file is missing at the install, or the worker itself is at fault. Whole or not at all; it can be ended."""

from __future__ import annotations

import subprocess
import sys

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, fill_in_check_in, until_saved, until_sent, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast

HAS_WORKER = "navigator.serviceWorker.getRegistration().then((it) => Boolean(it?.active))"
IS_TRYING = "navigator.serviceWorker.getRegistration().then((it) => Boolean(it?.installing))"
LOOK_AGAIN = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)"


def switch(server: Server, state: str) -> str:
    """What an operator types."""
    command = [sys.executable, "-m", "webapp", "phone-worker", state]
    done = subprocess.run(command, cwd=server.root, env=server.environment, check=True, capture_output=True, text=True)
    return done.stdout


def test_one_missing_file_installs_nothing_and_pages_work_without(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    missing = proxy.inflict("status", "/shell", status=404, times=1)
    device = sign_in(new_device(proxy.url), people.mary)
    page = device.go("/check-in")
    until(lambda: missing.met, "the missing file")
    until(lambda: not page.evaluate(IS_TRYING), "the end of the try")
    assert not page.evaluate(HAS_WORKER)
    assert [name for name in device.kept()["caches"] if name.startswith("friendtor-")] == []
    until_sent(check_in(device, witness.typed(people.mary, canary("without a worker"))))
    device.page.reload()
    device.wait_for_worker()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_a_worker_at_fault_ends_itself_and_leaves_all_work(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("waiting"))))
    typed = witness.typed(people.mary, canary("half typed"))
    fill_in_check_in(device.go("/check-in"), typed)
    witness.until_kept(typed)
    assert switch(server, "off") == "The phones' worker is off.\n"
    device.online()
    device.run(LOOK_AGAIN)
    until(lambda: not device.run(HAS_WORKER), "its end")
    until(lambda: device.kept()["caches"] == {}, "the end of the pages for later")
    witness.assert_no_loss()
    page = device.go("/check-in")
    expect(page.locator("#words")).to_have_value(typed)
    until(lambda: not device.waiting(), "the sending")
    assert page.evaluate("navigator.serviceWorker.controller === null")
    assert switch(server, "on") == "The phones' worker is on.\n"
    device.go("/")
    device.wait_for_worker()
    until(lambda: device.kept()["caches"], "the pages for later")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
