"""F4: everything connects and nothing answers. The form opens within 4 s, saving is instant."""

from __future__ import annotations

import time

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, fill_in_check_in, save_check_in, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast

PATIENCE = 4.0


def test_the_form_opens_and_saves_while_the_network_lies(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    until_saved(check_in(device, "before", keep=True))
    until(lambda: not device.waiting(), "the sending")
    proxy.inflict("hang")
    page = device.page
    # The worker gives the network three seconds; how long the browser itself takes is this machine's business.
    asked = page.evaluate("performance.timeOrigin")
    device.go("/check-in")
    fill_in_check_in(page, witness.typed(people.mary, canary("check-in")))
    waited = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart") / 1000
    assert asked != page.evaluate("performance.timeOrigin")
    assert waited < PATIENCE
    began = time.monotonic()
    save_check_in(page)
    until_saved(page)
    assert time.monotonic() - began < PATIENCE
    witness.assert_no_loss()
    proxy.heal()
    device.go("/")
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
