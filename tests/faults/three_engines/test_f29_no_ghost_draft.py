"""F29: submitted, then opened again. No ghost of the draft."""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import WORDS, check_in, until_form_is, until_saved, until_sent, wait_until_known
from tests.people import Cast


def test_a_form_is_empty_after_its_words_were_saved(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/")
    wait_until_known(phone)
    check_in(phone, witness.typed(people.mary, canary("online")))
    until_sent(phone)
    phone.show("/check-in")
    until_form_is(phone, "clean")
    assert phone.value(WORDS) == ""
    phone.offline()
    check_in(phone, witness.typed(people.mary, canary("offline")))
    until_saved(phone)
    phone.show("/check-in")
    until_form_is(phone, "clean")
    assert phone.value(WORDS) == ""
    assert phone.kept()["stores"]["drafts"] == []
    witness.assert_no_loss()
    phone.online()
    witness.assert_private(reader=people.charlie)
