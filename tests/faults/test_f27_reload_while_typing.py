"""F27: the tab is discarded, crashes or is reloaded while she types. The text is given back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import fill_in_check_in, save_check_in, until_sent, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def reload(device: Device) -> None:
    device.page.reload()


def leave_and_come_back(device: Device) -> None:
    device.go("/help-now")
    device.go("/check-in")


def crash(device: Device) -> None:
    """The tab dies without being asked; the phone shows a new one."""
    until(lambda: device.kept()["stores"]["drafts"] or device.kept()["local"], "the draft")
    dying = device.page
    device.context.new_page()
    dying.close(run_before_unload=False)
    device.go("/check-in")


@pytest.mark.parametrize("trouble", [reload, leave_and_come_back, crash])
def test_what_was_typed_is_given_back(
    trouble: object, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    page = device.go("/check-in")
    words = witness.typed(people.mary, canary("half a thought"))
    fill_in_check_in(page, words)
    assert callable(trouble)
    trouble(device)
    expect(device.page.locator("#words")).to_have_value(words)
    witness.assert_no_loss()
    save_check_in(device.page)
    until_sent(device.page)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
