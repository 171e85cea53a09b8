"""F28: a draft of another form, or of another person. It is never given back here."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import CHECK_IN, fill_in_check_in, wait_until_known
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast
from webapp.database import db
from webapp.sync.models import Draft

JOURNAL = "offline-form textarea"


@pytest.mark.parametrize("kind", ["own", "shared"])
def test_a_draft_is_given_back_in_its_own_form_to_its_own_author(
    kind: str, people: Cast, server: Server, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary, kind=kind)
    device.go("/")
    wait_until_known(device)
    words = witness.typed(people.mary, canary("half a thought"))
    fill_in_check_in(device.go("/check-in"), words)
    witness.until_kept(words)
    page = device.go("/journal/new")
    expect(page.locator(JOURNAL)).to_have_value("")
    if kind == "shared":
        until(lambda: drafts_on(server), "the way of what she typed to the server, where shared devices keep it")
    his = sign_in(device, people.charlie, kind=kind).go("/check-in")
    expect(his.locator(CHECK_IN)).to_have_attribute("state", "clean")
    until(lambda: not device.waiting(), "the bringing in of what she had typed, sealed")
    fill_in_check_in(his, witness.typed(people.charlie, canary("his own thought")))
    assert words not in device.content()
    sign_in(device, people.mary, kind=kind)
    if kind == "own":
        say_that_it_is_hers(device, words)
    hers = device.go("/check-in")
    expect(hers.locator("#words")).to_have_value(words)
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)


def drafts_on(server: Server) -> int:
    with server.inside():
        return db.session.scalar(select(func.count()).select_from(Draft)) or 0


def say_that_it_is_hers(device: Device, words: str) -> None:
    """He brought it in, so she is asked first; then it is a draft again."""
    until(lambda: device.go("/to-decide").get_by_text(words).count(), "the worker's look at what he brought in")
    page = device.page
    page.get_by_role("button", name="Yes, it is mine").click()
    page.get_by_text("in its place now").wait_for()
    until(lambda: "draft" in [row["kind"] for row in device.kept()["stores"]["mirror"]], "its way back")
