"""F45: something is written while the outbox is being sent. "Everything is sent" is never shown falsely."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, until_sent, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast

SAYS_SENT = "outbox-list [data-sent]"
WATCH_WHAT_IT_SAYS = """
(says) => {
  globalThis.lies = [];
  const part = document.querySelector(says);
  const look = () => {
    if (part.hidden) return;
    const opening = indexedDB.open("friendtor");
    opening.onsuccess = () => {
      const asking = opening.result.transaction("outbox").objectStore("outbox").getAll();
      asking.onsuccess = () => {
        opening.result.close();
        globalThis.lies.push(...asking.result.filter(({ state }) => state === "waiting").map(({ op_id }) => op_id));
      };
    };
  };
  new MutationObserver(look).observe(part, { attributes: true });
}
"""


def test_a_checkin_saved_while_another_is_on_its_way_still_waits(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/outbox")
    wait_until_known(device)
    outbox = device.page
    expect(outbox.locator(SAYS_SENT)).to_be_visible()
    device.new_tab()
    page = device.go("/check-in")
    held = proxy.inflict("hold", "/sync", method="POST")
    outbox.evaluate(WATCH_WHAT_IT_SAYS, SAYS_SENT)
    until_saved(check_in(device, witness.typed(people.mary, canary("on its way"))))
    until(lambda: held.met, "the sending")
    until_saved(check_in(device, witness.typed(people.mary, canary("meanwhile"))))
    expect(page.locator("waiting-badge")).to_be_visible()
    assert len(device.waiting()) == 2
    expect(outbox.locator(SAYS_SENT)).to_be_hidden()
    proxy.heal()
    until_sent(page)
    until(lambda: not device.waiting(), "the acknowledgements")
    expect(outbox.locator(SAYS_SENT)).to_be_visible()
    expect(page.locator("waiting-badge")).to_be_hidden()
    assert outbox.evaluate("lies") == []
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
