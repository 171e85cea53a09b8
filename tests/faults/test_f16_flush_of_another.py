"""F16: B's flush on a shared tablet. A's ops stay whole, and go when A is back."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_a_flush_of_b_leaves_the_ops_of_a_whole(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    tablet = sign_in(new_device(), people.mary, kind="shared")
    tablet.go("/check-in")
    wait_until_known(tablet)
    tablet.offline()
    until_saved(check_in(tablet, witness.typed(people.mary, canary("hers"))))
    before = tablet.waiting()
    sign_in(tablet, people.charlie, kind="shared")
    tablet.online()
    until_saved(check_in(tablet, witness.typed(people.charlie, canary("his")), keep=True))
    until(lambda: len(tablet.waiting()) == 1, "his sending")
    assert tablet.waiting() == before
    witness.assert_no_loss()
    sign_in(tablet, people.mary, kind="shared")
    tablet.go("/check-in")
    until(lambda: not tablet.waiting(), "her sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie, of=people.mary)
