"""F2: 500, 502, 401, 419, 429. Nothing is dropped, nothing is called sent."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, form, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast


@pytest.mark.parametrize("status", [500, 502, 401, 419, 429])
def test_an_error_leaves_the_checkin_waiting(
    status: int, people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    trouble = proxy.inflict("status", "/sync", method="POST", status=status)
    page = check_in(device, witness.typed(people.mary, canary("check-in")))
    until_saved(page)
    until(lambda: trouble.met, "the error")
    assert form(page).get_attribute("state") == "saved"
    assert len(device.waiting()) == 1
    witness.assert_no_loss()
    proxy.heal()
    device.go("/")
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
