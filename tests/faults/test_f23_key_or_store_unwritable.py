"""F23: the phone can't write its keys or its store. The form is posted as it stands; without signal it says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import CHECK_IN, check_in, fill_in_check_in, form, save_check_in, wait_until_known
from tests.harness.server import Server
from tests.harness.store import change_owner
from tests.harness.waiting import until
from tests.people import Cast
from webapp.checkins import Checkin
from webapp.database import db

NO_ROOM = 1


def a_disk_that_was_full_from_the_start(device: Device) -> None:
    device.allow_bytes(NO_ROOM)


def a_key_that_is_none(device: Device) -> None:
    device.go("/help-now")
    wait_until_known(device)
    change_owner(device, "owner.mirror_key = new Uint8Array(3)")


@pytest.mark.parametrize("trouble", [a_disk_that_was_full_from_the_start, a_key_that_is_none])
def test_the_form_is_posted_where_the_phone_cannot_keep_it(
    trouble: object, server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    assert callable(trouble)
    trouble(device)
    page = check_in(device, witness.typed(people.mary, canary("online")))
    until(lambda: checkins_on(server) == 1, "the posting")
    expect(page.get_by_text("Sent to Ana")).to_be_visible()
    page = device.go("/check-in")
    words = canary("offline")
    expect(page.locator(CHECK_IN)).to_have_attribute("state", "clean")
    device.offline()
    fill_in_check_in(page, words)
    save_check_in(page)
    expect(form(page)).to_have_attribute("state", "failed")
    expect(page.get_by_text("This is not saved yet.")).to_be_visible()
    expect(page.locator("#words")).to_have_value(words)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def checkins_on(server: Server) -> int:
    with server.inside():
        return db.session.scalar(select(func.count()).select_from(Checkin)) or 0
