"""F11: a tab is frozen while it holds the outbox's lock. Another tab sends all the same."""

from __future__ import annotations

from tests.harness.device import NO_BACKGROUND_SYNC
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast

HELD = "navigator.locks.query().then(({ held }) => held.map(({ name }) => name))"
# A tab that freezes in the middle of a transaction would hold up the database, which is another fault (F31).
NOTHING_UNDER_WAY = """
() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("friendtor");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const { objectStoreNames } = opening.result;
    const after = opening.result.transaction(objectStoreNames, "readwrite");
    after.oncomplete = () => { opening.result.close(); resolve(); };
    after.objectStore(objectStoreNames[0]).count();
  };
})
"""
HALF_A_MINUTE_LATER = "{ const now = Date.now; Date.now = () => now() + 30_000; }"


def test_a_frozen_tab_holds_up_nothing(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url, init_script=NO_BACKGROUND_SYNC), people.mary)
    device.go("/")
    wait_until_known(device)
    device.go("/check-in")
    hanging = proxy.inflict("hang", "/sync", method="POST")
    until_saved(check_in(device, witness.typed(people.mary, canary("in the frozen tab"))))
    until(lambda: hanging.met, "the sending")
    frozen = device.page
    device.new_tab()
    frozen.evaluate(NOTHING_UNDER_WAY)
    device.freeze(0)
    proxy.heal()
    page = check_in(device, witness.typed(people.mary, canary("in the other tab")))
    until_saved(page)
    assert page.evaluate(HELD) == ["friendtor-outbox"]
    assert len(device.waiting()) == 2
    page.evaluate(HALF_A_MINUTE_LATER)
    until(lambda: not device.waiting(), "the sending")
    assert page.evaluate(HELD) == ["friendtor-outbox"]
    witness.assert_no_loss()
    device.thaw(0)
    witness.assert_private(reader=people.charlie)
