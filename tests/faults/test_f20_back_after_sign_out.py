"""F20: Back after signing out. The page hides itself when it is left, and shows only after the person is checked."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, sign_out, until_sent, wait_until_known
from tests.people import Cast


def test_back_shows_nothing_of_her(people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    words = witness.typed(people.mary, canary("check-in"))
    until_sent(check_in(device, words))
    page = device.go("/check-ins")
    expect(page.get_by_text(words)).to_be_attached()
    device.go("/settings")
    sign_out(device)
    for _ in range(3):
        page.go_back()
        expect(page.get_by_text(words)).to_have_count(0)
    witness.assert_no_loss()
    witness.assert_private(device)
