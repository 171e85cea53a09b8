"""F8: one id is used for other words (Back, edit, save). Both texts are safe."""

from __future__ import annotations

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.people import Cast
from tests.phone import Phone


def test_an_id_used_again_keeps_both_texts(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    phone = new_phone(people.mary)
    first = phone.entry(witness.typed(people.mary, canary("first")))
    phone.flush()
    use_again(phone, first.header.op_id, witness.typed(people.mary, canary("second")))
    [result] = phone.flush()
    assert result["status"] == "op_reuse"
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)


def use_again(phone: Phone, op_id: str, words: str) -> None:
    """What a page restored by Back would do if it did not make a new id."""
    [first] = [kept for kept in phone.outbox if kept.header.op_id == op_id]
    phone.outbox.remove(first)
    body = {**first.body, "fields": {"prompt": None, "body": {"scheme": "plain", "text": words}}}
    first.sealed, first.body, first.state = phone.seal(first.header, body), body, "waiting"
    phone.outbox.append(first)
