"""F35: a new version comes out while she is writing. Nothing is lost, no page is forced to reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import fill_in_check_in, save_check_in, until_sent, wait_until_known
from tests.harness.release import bring_out_a_version
from tests.harness.server import Server
from tests.people import Cast

UPDATE = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)"


@pytest.fixture
def server(server_of_a_copy: Server) -> Server:
    return server_of_a_copy


def test_a_form_is_finished_in_the_version_it_was_begun_in(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    page = device.go("/check-in")
    words = witness.typed(people.mary, canary("mid-form"))
    fill_in_check_in(page, words)
    page.evaluate("window.same = true")
    bring_out_a_version(server, "second")
    assert page.evaluate(UPDATE)
    offer = page.locator("update-ready")
    expect(offer).to_be_visible()
    offer.locator("[data-update]").click()  # with words in the form the offer waits
    expect(page.locator("#words")).to_have_value(words)
    assert page.evaluate("window.same")
    save_check_in(page)
    until_sent(page)
    witness.assert_no_loss()
    assert page.locator("html").get_attribute("data-release") is None
    offer.locator("[data-update]").click()
    expect(page.locator("html")).to_have_attribute("data-release", "second")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
