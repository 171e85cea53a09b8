"""F25: the transaction aborts. Never "saved"; the text stays on the screen. (A full disk: tests/faults.)"""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import SEND, WORDS, fill_in_check_in, until_form_is, until_sent, wait_until_known
from tests.people import Cast

ABORT = """
(() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...row) {
    const putting = window.put.apply(this, row);
    if (this.name === "outbox") this.transaction.abort();
    return putting;
  };
})()
"""
HEAL = "void (IDBObjectStore.prototype.put = window.put)"


def test_an_aborted_transaction_is_said_and_the_text_stays(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/")
    wait_until_known(phone)
    phone.show("/check-in")
    phone.offline()
    words = canary("aborted")
    fill_in_check_in(phone, words)
    phone.run(ABORT)
    phone.tap(SEND)
    until_form_is(phone, "failed")
    assert phone.value(WORDS) == words
    assert phone.waiting() == []
    phone.run(HEAL)
    phone.online()
    witness.typed(people.mary, words)
    phone.tap(SEND)
    until_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
