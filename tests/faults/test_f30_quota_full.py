"""F30: the disk is full. The text stays on the screen, the mirror makes room, the outbox never does."""

from __future__ import annotations

import secrets

from playwright.sync_api import expect

from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, NewPhone, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import (
    check_in,
    fill_in_check_in,
    form,
    save_check_in,
    until_saved,
    until_sent,
    wait_until_known,
)
from tests.harness.waiting import until
from tests.people import Cast

FULL = 1
FREE = -1
ENTRIES = 40


def server_can_give_again(device: Device) -> int:
    """How many rows the mirror has that the server can give again."""
    return len([row for row in device.kept()["stores"]["mirror"] if row["sealed"] and row["kind"] != "op"])


def test_the_mirror_makes_room_and_the_outbox_does_not(
    people: Cast, new_device: NewDevice, new_phone: NewPhone, sign_in: SignIn, witness: Witness
) -> None:
    other = new_phone(people.mary)
    for _ in range(ENTRIES):
        other.entry(secrets.token_hex(2_000))
    other.flush()
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    until(lambda: server_can_give_again(device) >= ENTRIES, "the first pull")
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("waits since before"))))
    before = device.waiting()
    device.reopen()  # a running browser remembers for half a minute that there was room
    device.allow_bytes(FULL)
    page = device.go("/check-in")
    words = canary("no room")
    fill_in_check_in(page, words)
    save_check_in(page)
    expect(form(page)).to_have_attribute("state", "failed")
    expect(page.get_by_text("This phone has no room left.")).to_be_visible()
    expect(page.locator("#words")).to_have_value(words)
    assert server_can_give_again(device) == 0
    assert device.waiting() == before
    device.allow_bytes(FREE)
    save_check_in(page)
    until_saved(page)
    assert len(device.waiting()) == 2
    witness.typed(people.mary, words)
    witness.assert_no_loss()
    device.online()
    until_sent(page)
    until(lambda: not device.waiting(), "the sending")
    until(lambda: server_can_give_again(device) >= ENTRIES, "the mirror's filling")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
