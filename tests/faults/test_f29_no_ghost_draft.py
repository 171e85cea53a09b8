"""F29: submitted, then opened again. No ghost of the draft."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import CHECK_IN, check_in, until_saved, until_sent, wait_until_known
from tests.people import Cast


def test_a_form_is_empty_after_its_words_were_saved(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    until_sent(check_in(device, witness.typed(people.mary, canary("online"))))
    page = device.go("/check-in")
    expect(page.locator(CHECK_IN)).to_have_attribute("state", "clean")
    expect(page.locator("#words")).to_have_value("")
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("offline"))))
    page = device.go("/check-in")
    expect(page.locator(CHECK_IN)).to_have_attribute("state", "clean")
    expect(page.locator("#words")).to_have_value("")
    assert device.kept()["stores"]["drafts"] == []
    witness.assert_no_loss()
    device.online()
    witness.assert_private(reader=people.charlie)
