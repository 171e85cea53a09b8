"""F55: somebody else on the ward tablet changes rows of an outbox, or plants new ones. None appears under its owner."""

from __future__ import annotations

import dataclasses

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.people import Cast
from tests.phone import Kept
from webapp.sealing import from_base64url, to_base64url


def test_a_row_sealed_without_her_secret_is_not_hers(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    hers, his = new_phone(people.mary, kind="shared"), new_phone(people.charlie, kind="shared")
    hers.entry(witness.typed(people.mary, canary("really hers")))
    planted = canary("planted")
    row = hers.entry(planted)
    row.sealed = his.seal(row.header, row.body)  # her ids, the public sealing key, but his secret
    assert {result["status"]: result["reason"] for result in hers.flush()} == {"applied": None, "rejected": "forged"}
    assert planted not in str(hers.mirror)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie, of=people.mary)


def test_a_relabelled_or_changed_row_is_opened_by_nobody(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    phone = new_phone(people.mary, kind="shared")
    words = canary("sealed as it is")
    row = phone.entry(words)
    phone.outbox.remove(row)
    for changed in (with_another_number(row), with_a_bit_flipped(row)):
        phone.outbox.append(changed)
        [result] = phone.flush()
        assert (result["status"], result["reason"]) == ("rejected", "unreadable")
    assert words not in str(phone.mirror)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def with_another_number(row: Kept) -> Kept:
    return Kept(dataclasses.replace(row.header, seq=99), row.sealed, row.body)


def with_a_bit_flipped(row: Kept) -> Kept:
    sealed = bytearray(from_base64url(row.sealed))
    sealed[-1] ^= 1
    return Kept(row.header, to_base64url(bytes(sealed)), row.body)
