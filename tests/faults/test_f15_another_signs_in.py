"""F15: A writes on a ward tablet without signal, B signs in, the signal comes. Nothing of A stands under B."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, signal_comes_back, until_saved, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_what_a_wrote_is_never_under_b(people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness) -> None:
    tablet = sign_in(new_device(alone=True), people.mary, kind="shared")
    tablet.go("/check-in")
    wait_until_known(tablet)
    tablet.offline()
    until_saved(check_in(tablet, witness.typed(people.mary, canary("hers")), keep=True))
    sign_in(tablet, people.charlie, kind="shared")
    tablet.online()
    page = tablet.go("/check-in")
    signal_comes_back(page)
    page.locator("offline-form[state]").first.wait_for()
    until_saved(check_in(tablet, witness.typed(people.charlie, canary("his")), keep=True))
    until(lambda: len(tablet.waiting()) <= 1, "his sending")
    witness.assert_no_loss()
    witness.assert_private(tablet, of=people.mary)
    witness.assert_private(reader=people.charlie)
