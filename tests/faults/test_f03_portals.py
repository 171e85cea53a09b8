"""F3: a sign-in redirect, and 200 with a page of somebody's Wi-Fi. Neither is "sent"."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, form, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast


@pytest.mark.parametrize("kind", ["sign_in", "html"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_portal_is_no_acknowledgement(
    kind: str, method: str, people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    page = device.go("/check-in")
    trouble = proxy.inflict(kind, "/sync", method=method)
    page = check_in(device, witness.typed(people.mary, canary("check-in")))
    until_saved(page)
    until(lambda: trouble.met, "the portal's answer")
    assert form(page).get_attribute("state") == "saved"
    assert len(device.waiting()) == 1
    witness.assert_no_loss()
    proxy.heal()
    device.go("/")
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
