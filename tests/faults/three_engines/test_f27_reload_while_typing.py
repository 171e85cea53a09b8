"""F27: the page is reloaded, or left for another, while she types. The text is given back. (A crash: tests/faults.)"""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import (
    SEND,
    WORDS,
    fill_in_check_in,
    until_given_back,
    until_sent,
    wait_until_known,
)
from tests.people import Cast


def test_what_was_typed_is_given_back(people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/")
    wait_until_known(phone)
    phone.show("/check-in")
    begun, ended = canary("half"), "a thought"
    fill_in_check_in(phone, begun)
    witness.until_kept(begun)  # the form has looked for older ones: before that it cannot keep any
    phone.type(WORDS, ended)
    phone.reload()
    words = witness.typed(people.mary, begun + ended)
    until_given_back(phone, words)
    witness.assert_no_loss()
    more = witness.typed(people.mary, canary(" and more"))
    phone.type(WORDS, more)
    phone.show("/help-now")
    phone.show("/check-in")
    until_given_back(phone, words + more)
    witness.assert_no_loss()
    phone.tap(SEND)
    until_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
