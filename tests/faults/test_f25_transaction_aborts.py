"""F25: the transaction aborts because the disk is full. Never "saved"; the text stays on the screen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import fill_in_check_in, form, save_check_in, until_sent, wait_until_known
from tests.people import Cast

FULL = 1
FREE = -1


def test_a_full_disk_is_said_and_the_text_stays(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    device.reopen()
    device.allow_bytes(FULL)
    device.offline()
    words = canary("no room")
    page = device.go("/check-in")
    fill_in_check_in(page, words)
    save_check_in(page)
    expect(form(page)).to_have_attribute("state", "failed")
    expect(page.locator("#words")).to_have_value(words)
    assert device.waiting() == []
    witness.assert_no_loss()
    device.allow_bytes(FREE)
    device.online()
    witness.typed(people.mary, words)
    save_check_in(page)
    until_sent(page)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
