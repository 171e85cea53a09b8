"""F14: a form stands open for two hours, the session ends, then it is posted. Text kept, accepted after signing in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, SignIn, end_every_sign_in
from tests.harness.oracles import Witness, canary
from tests.harness.pages import CHECK_IN, FACES
from tests.harness.server import Server
from tests.people import PASSWORD, Cast

MOST_TIMES = 3


@pytest.mark.usefixtures("passwords")
def test_an_old_form_without_scripts_keeps_its_text(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(java_script_enabled=False), people.mary)
    page = device.go("/check-in")
    words = witness.typed(people.mary, canary("two hours"))
    page.locator(f"label:has(#face-{FACES['good']})").click()
    page.locator("#words").fill(words)
    server.move_clock(hours=2)
    end_every_sign_in(server, people.mary)
    page.locator(f'{CHECK_IN} button[value="mentor"]').click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.get_by_label("E-mail").fill("mary@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert words in page.content(), "the text is gone from the page"
    for _ in range(MOST_TIMES):
        again = page.locator("form[action='/check-in'] button")
        if not again.count():
            break
        with page.expect_navigation():
            again.last.click()
    witness.devices.clear()  # without scripts there is nothing on the phone to look at
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
