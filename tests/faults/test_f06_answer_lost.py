"""F6: the answer is lost after the server's commit, five times. One row."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.harness.proxy import FaultProxy
from tests.people import Cast
from tests.phone import LineBroke


def test_five_lost_answers_make_one_entry(
    people: Cast, proxy: FaultProxy, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary, proxy.url)
    phone.entry(witness.typed(people.mary, canary("journal")))
    lost = proxy.inflict("cut_before_response", "/sync", method="POST", times=5)
    for _ in range(5):
        with pytest.raises(LineBroke):
            phone.flush()
        witness.assert_no_loss()
    [result] = phone.flush()
    assert result["status"] == "duplicate"
    assert lost.met == 5
    assert phone.waiting() == []
    witness.assert_no_loss()
    for other in (people.ana, people.charlie, people.carol, people.admin):
        witness.assert_private(reader=other)


def test_an_answer_cut_in_the_middle_is_no_acknowledgement(
    people: Cast, proxy: FaultProxy, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary, proxy.url)
    phone.entry(witness.typed(people.mary, canary("journal")))
    proxy.inflict("cut_mid_body", "/sync", method="POST", times=1)
    with pytest.raises(LineBroke):
        phone.flush()
    assert len(phone.waiting()) == 1
    phone.flush()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
