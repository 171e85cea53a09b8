"""F7: written, changed and changed again without signal, and each answer is lost. In order, no false conflict."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.harness.proxy import FaultProxy
from tests.people import Cast
from tests.phone import LineBroke


def test_a_chain_arrives_in_order_without_a_conflict(
    people: Cast, proxy: FaultProxy, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary, proxy.url)
    entity = phone.entry(canary("first"))
    phone.entry(canary("second"), entity.body["entity"])
    last = witness.typed(people.mary, canary("last"))
    phone.entry(last, entity.body["entity"])
    proxy.inflict("cut_before_response", "/sync", method="POST", times=3)
    for _ in range(3):
        with pytest.raises(LineBroke):
            phone.flush()
        witness.assert_no_loss()
    results = phone.flush()
    assert {result["status"] for result in results} == {"duplicate"}
    [entry] = phone.rows("entry").values()
    assert entry["body"]["text"] == last
    assert phone.rows("held") == {}
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)


def test_a_chain_that_arrives_backwards_waits_for_its_parents(
    people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary)
    first = phone.entry("before")
    second = phone.entry(witness.typed(people.mary, canary("after")), first.body["entity"])
    _, answer = phone.send([second])
    assert answer["results"][0]["status"] == "retry"
    phone.take(answer["results"])
    witness.assert_no_loss()
    assert {result["status"] for result in phone.flush()} == {"applied"}
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
