"""F13: the session expires while there is no signal. Kept; she signs in again in place; sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn, end_every_sign_in
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, form, sign_in_again, until_saved, until_sent, wait_until_known
from tests.harness.server import Server
from tests.people import PASSWORD, Cast


@pytest.mark.usefixtures("passwords")
def test_what_was_written_after_the_session_ended_is_sent_after_signing_in(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    end_every_sign_in(server, people.mary)
    page = check_in(device, witness.typed(people.mary, canary("check-in")))
    until_saved(page)
    device.online()
    expect(page.locator("session-guard [data-needs-sign-in]")).to_be_visible(timeout=20_000)
    assert form(page).get_attribute("state") == "saved"
    witness.assert_no_loss()
    sign_in_again(page, "mary@example.org", PASSWORD)
    until_sent(page)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
