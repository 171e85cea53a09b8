"""F22: the files of the browser's profile are searched, in UTF-8 and UTF-16. On a shared device no word is found, typed
or saved; on one's own phone none after signing out."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, fill_in_check_in, sign_out, until_saved, until_sent, wait_until_known
from tests.people import Cast


@pytest.mark.parametrize("kind", ["shared", "own"])
def test_no_word_is_in_the_profile(
    kind: str, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(alone=True), people.mary, kind=kind)
    device.go("/")
    wait_until_known(device)
    until_sent(check_in(device, witness.typed(people.mary, canary("sent"))))
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("unsent"))))
    witness.assert_no_loss()
    device.online()
    only_typed = canary("only typed")
    fill_in_check_in(device.go("/check-in"), only_typed)
    device.page.wait_for_timeout(500)
    if kind == "own":
        device.go("/settings")
        sign_out(device)
    device.close()
    assert not device.files_with([only_typed, *witness.words()])
    device.open()
    device.go("/")
    witness.assert_private(device)


def test_the_scan_finds_what_is_there(new_device: NewDevice) -> None:
    device = new_device(alone=True)
    words = canary("careless")
    device.go("/help-now")
    device.page.evaluate("(words) => localStorage.setItem('careless', words)", words)
    device.close()
    assert device.files_with([words])
    device.open()
