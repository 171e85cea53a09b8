"""F6: the answer is lost after the server's commit, again and again. One row. (Five times: tests/faults.)"""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.proxy import FaultProxy
from tests.harness.steps import check_in, signal_comes_back, until_form_is, until_saved, until_sent, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_lost_answers_make_one_entry(
    people: Cast, proxy: FaultProxy, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(proxy.url), people.mary)
    phone.show("/")
    wait_until_known(phone)
    lost = proxy.inflict("cut_before_response", "/sync", method="POST")
    check_in(phone, witness.typed(people.mary, canary("check-in")))
    until_saved(phone)
    until(lambda: signal_comes_back(phone) or lost.met > 2, "answers lost")
    until_form_is(phone, "saved")
    assert len(phone.waiting()) == 1
    witness.assert_no_loss()
    proxy.heal()
    signal_comes_back(phone)
    until_sent(phone)
    assert phone.waiting() == []
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
