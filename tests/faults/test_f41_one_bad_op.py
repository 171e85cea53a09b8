"""F41: one op of twenty is invalid. Nineteen are sent, one needs attention, nothing is lost."""

from __future__ import annotations

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.people import Cast


def test_one_bad_op_blocks_no_other(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    phone = new_phone(people.mary)
    for number in range(20):
        words = witness.typed(people.mary, canary(f"entry {number}"))
        if number == 7:
            phone.save("entry", "write", {"prompt": "no such prompt", "body": {"scheme": "plain", "text": words}})
        else:
            phone.entry(words)
    results = phone.flush()
    assert [result["status"] for result in results].count("applied") == 19
    [refused] = [kept for kept in phone.outbox if kept.state == "refused"]
    assert refused.reason == "invalid"
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)
    witness.assert_private(reader=people.charlie)
