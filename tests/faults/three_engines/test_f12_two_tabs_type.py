"""F12: two tabs of one phone write in the same form. Neither text is lost."""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import (
    SEND,
    fill_in_check_in,
    until_given_back,
    until_sent,
    wait_until_known,
)
from tests.people import Cast

USE_THE_OTHER = 'offline-form [data-status] [data-do="use-other"]'


def test_both_texts_are_given_back_and_can_be_sent(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/check-in")
    wait_until_known(phone)
    second_tab = phone.new_tab()
    phone.show("/check-in")
    later = witness.typed(people.mary, canary("in the second tab"))
    phone.to_tab(0)
    earlier = witness.typed(people.mary, canary("in the first tab"))
    fill_in_check_in(phone, earlier)
    witness.until_kept(earlier)
    phone.to_tab(second_tab)
    fill_in_check_in(phone, later)
    witness.until_kept(later)
    witness.assert_no_loss()
    phone.to_tab(0)
    phone.reload()
    until_given_back(phone, later)
    phone.tap(USE_THE_OTHER)
    until_given_back(phone, earlier)
    phone.tap(SEND)
    until_sent(phone)
    witness.assert_no_loss()
    phone.reload()
    until_given_back(phone, later)
    phone.tap(SEND)
    until_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
