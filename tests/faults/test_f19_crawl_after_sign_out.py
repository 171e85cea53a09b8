"""F19: B looks through the whole app without signal after A. No word of A in caches, pages or stores."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, sign_out, until_saved, until_sent, wait_until_known
from tests.people import Cast

ADDRESSES = ("/", "/check-in", "/check-ins", "/journal", "/feedback", "/outbox", "/help-now", "/settings", "/devices")


def test_b_finds_nothing_of_a(people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    until_sent(check_in(device, witness.typed(people.mary, canary("sent"))))
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("unsent"))))
    device.online()
    device.go("/check-ins")
    device.go("/settings")
    sign_out(device)
    device.offline()
    for path in ADDRESSES:
        device.go(path)
        witness_sees_nothing(device.page.content(), witness)
    witness.assert_no_loss()
    witness.assert_private(device)


def witness_sees_nothing(page: str, witness: Witness) -> None:
    assert not [words for words in witness.words() if words in page]
