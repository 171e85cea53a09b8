"""F26: SIGKILL right after "saved". It is there after the restart."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_what_was_saved_is_there_after_a_kill(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.reopen()  # a browser writes new cookies to the disk after half a minute, or when it closes
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("check-in"))))
    device.kill()
    device.open()
    device.go("/outbox")
    assert len(device.waiting()) == 1
    witness.assert_no_loss()
    device.online()
    device.go("/")
    until(lambda: not device.waiting(), "the sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
