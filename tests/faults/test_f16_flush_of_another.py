"""F16: B's flush on a shared tablet. A's ops reach the server whole and sealed, and stay A's."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, NewPhone, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, until_sent, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast


def test_a_flush_of_b_brings_in_what_a_left_and_keeps_it_hers(
    people: Cast, new_device: NewDevice, new_phone: NewPhone, sign_in: SignIn, witness: Witness
) -> None:
    tablet = sign_in(new_device(alone=True), people.mary, kind="shared")
    tablet.go("/check-in")
    wait_until_known(tablet)
    tablet.offline()
    until_saved(check_in(tablet, witness.typed(people.mary, canary("hers"))))
    sign_in(tablet, people.charlie, kind="shared")
    tablet.online()
    until_saved(check_in(tablet, witness.typed(people.charlie, canary("his")), keep=True))
    until(lambda: not tablet.waiting(), "his sending, and hers by it")
    witness.assert_no_loss()
    mary = new_phone(people.mary)
    until(lambda: mary.pull() or mary.rows("dropped"), "the question to her")
    witness.assert_private(tablet, of=people.mary)
    witness.assert_private(reader=people.charlie, of=people.mary)


def test_what_the_server_does_not_take_stays_whole_and_goes_when_a_is_back(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness, proxy: FaultProxy
) -> None:
    tablet = sign_in(new_device(proxy.url), people.mary, kind="shared")
    tablet.go("/check-in")
    wait_until_known(tablet)
    tablet.offline()
    until_saved(check_in(tablet, witness.typed(people.mary, canary("hers"))))
    before = tablet.waiting()
    refusing = proxy.inflict("status", "/sync/drop", method="POST", status=429)
    sign_in(tablet, people.charlie, kind="shared")
    tablet.online()
    until_sent(check_in(tablet, witness.typed(people.charlie, canary("his")), keep=True))
    until(lambda: refusing.met and len(tablet.waiting()) == 1, "his sending")
    assert tablet.waiting() == before
    witness.assert_no_loss()
    sign_in(tablet, people.mary, kind="shared")
    tablet.go("/check-in")
    until(lambda: not tablet.waiting(), "her sending")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie, of=people.mary)
