"""F26: SIGKILL right after "saved". It is there after the restart, and so is what was being typed."""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import (
    check_in,
    fill_in_check_in,
    until_all_is_sent,
    until_given_back,
    until_saved,
    wait_until_known,
)
from tests.people import Cast


def test_what_was_saved_or_typed_is_there_after_a_kill(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(alone=True), people.mary)
    phone.show("/")
    wait_until_known(phone)
    phone.reopen()  # a browser writes new cookies to the disk after half a minute, or when it closes
    phone.offline()
    check_in(phone, witness.typed(people.mary, canary("saved")))
    until_saved(phone)
    phone.show("/check-in")
    half = witness.typed(people.mary, canary("half a thought"))
    fill_in_check_in(phone, half)
    witness.until_kept(half)
    phone.kill()
    phone.open()
    phone.show("/outbox")
    assert len(phone.waiting()) == 1
    witness.assert_no_loss()
    phone.online()
    until_all_is_sent(phone)
    phone.show("/check-in")
    until_given_back(phone, half)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
