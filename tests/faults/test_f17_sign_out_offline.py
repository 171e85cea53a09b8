"""F17: signing out without signal, with unsent work. It stays sealed, and is sent when A is back."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, sign_out, until_saved, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_unsent_work_survives_signing_out_and_goes_when_she_is_back(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/settings")
    wait_until_known(device)
    settings = device.page
    checking_in = device.context.new_page()
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("check-in"))))
    checking_in.close()
    assert device.page == settings
    sign_out(device)
    assert "here" not in {cookie["name"] for cookie in device.context.cookies()}
    assert len(device.waiting()) == 1
    assert device.kept()["stores"]["owners"] == device.kept()["stores"]["mirror"] == []
    witness.assert_no_loss()
    witness.assert_private(device)
    device.online()
    sign_in(device, people.mary)
    device.go("/")
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
