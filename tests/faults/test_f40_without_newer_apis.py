"""F40: no Background Sync, no Locks, no BroadcastChannel. The outbox works all the same."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, signal_comes_back, until_saved, until_sent, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast

TAKE_AWAY = """
delete globalThis.BroadcastChannel;
delete globalThis.SyncManager;
delete ServiceWorkerRegistration.prototype.sync;
Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
"""
LEFT = "['BroadcastChannel' in self, 'SyncManager' in self, navigator.locks !== undefined]"


def test_the_outbox_story_without_them(people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness) -> None:
    device = sign_in(new_device(alone=True, init_script=TAKE_AWAY), people.mary)
    page = device.go("/")
    assert page.evaluate(LEFT) == [False, False, False]
    wait_until_known(device)
    until_sent(check_in(device, witness.typed(people.mary, canary("online"))))
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("offline"))))
    assert len(device.waiting()) == 1
    device.reopen()
    device.go("/outbox")
    assert len(device.waiting()) == 1
    witness.assert_no_loss()
    device.online()
    signal_comes_back(device.page)
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
