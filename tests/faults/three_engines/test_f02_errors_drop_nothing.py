"""F2: 500, 502, 401, 419, 429. Nothing is dropped, nothing is called sent."""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.proxy import FaultProxy
from tests.harness.steps import check_in, signal_comes_back, until_all_is_sent, until_form_is, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_errors_leave_the_checkin_waiting(
    people: Cast, proxy: FaultProxy, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(proxy.url), people.mary)
    phone.show("/")
    wait_until_known(phone)
    trouble = proxy.inflict("status", "/sync", method="POST", status=500)
    check_in(phone, witness.typed(people.mary, canary("check-in")))
    until(lambda: trouble.met, "the error")
    for status in (502, 401, 419, 429):
        trouble = proxy.inflict_instead("status", "/sync", method="POST", status=status)
        until(lambda: signal_comes_back(phone) or trouble.met, f"the error {status}")
        until_form_is(phone, "saved")
        assert len(phone.waiting()) == 1
        witness.assert_no_loss()
    proxy.heal()
    phone.show("/")
    until_all_is_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
