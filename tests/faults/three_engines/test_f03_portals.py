"""F3: a sign-in redirect, and 200 with a page of somebody's Wi-Fi. Neither is "sent"."""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.proxy import FaultProxy
from tests.harness.steps import check_in, signal_comes_back, until_all_is_sent, until_form_is, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_a_portal_is_no_acknowledgement(
    people: Cast, proxy: FaultProxy, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(proxy.url), people.mary)
    phone.show("/")
    wait_until_known(phone)
    trouble = proxy.inflict("sign_in", "/sync", method="GET")
    check_in(phone, witness.typed(people.mary, canary("check-in")))
    until(lambda: trouble.met, "the portal's answer")
    for kind, method in (("html", "GET"), ("sign_in", "POST"), ("html", "POST")):
        trouble = proxy.inflict_instead(kind, "/sync", method=method)
        until(lambda: signal_comes_back(phone) or trouble.met, f"the portal's answer {kind} to {method}")
        until_form_is(phone, "saved")
        assert len(phone.waiting()) == 1
        witness.assert_no_loss()
    proxy.heal()
    phone.show("/")
    until_all_is_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
