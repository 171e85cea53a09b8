"""F27: the tab dies without being asked while she types. The text is given back. (Reloads: three_engines.)"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import fill_in_check_in, save_check_in, until_sent, wait_until_known
from tests.people import Cast


def test_what_was_typed_is_given_back_in_a_new_tab(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    page = device.go("/check-in")
    words = witness.typed(people.mary, canary("half a thought"))
    fill_in_check_in(page, words)
    witness.until_kept(words)
    device.context.new_page()
    page.close(run_before_unload=False)
    device.go("/check-in")
    expect(device.page.locator("#words")).to_have_value(words)
    witness.assert_no_loss()
    save_check_in(device.page)
    until_sent(device.page)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
