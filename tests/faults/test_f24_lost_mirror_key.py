"""F24: the key of the phone's own copies is lost while work waits. The work is sealed to the server, and delivered."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.device import NO_BACKGROUND_SYNC
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.store import change_owner
from tests.harness.waiting import until
from tests.people import Cast

END_OF_THE_ATTEMPT = (
    "import(document.querySelector('script[type=module]').src).then(({ $phone }) => $phone.phone.flush())"
)


def test_what_she_cannot_read_here_any_more_is_sent(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url, init_script=NO_BACKGROUND_SYNC), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    words = witness.typed(people.mary, canary("check-in"))
    until_saved(check_in(device, words))
    change_owner(device, "owner.mirror_key = crypto.getRandomValues(new Uint8Array(32))")
    page = device.go("/outbox")
    expect(page.locator("[data-group=waiting] li")).to_contain_text("This is locked.")
    expect(page.get_by_text(words)).to_have_count(0)
    busy = proxy.inflict("status", "/sync", status=503, headers={"Retry-After": "600"})
    device.online()
    until(lambda: busy.met, "an attempt")
    page.evaluate(END_OF_THE_ATTEMPT)  # a tap in the middle of it would wait for its outcome
    proxy.heal()
    page.locator("[data-send]").click()
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
