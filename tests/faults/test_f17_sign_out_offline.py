"""F17: signing out without signal, with unsent work. It stays sealed; A sends it when back, or B brings it in."""

from __future__ import annotations

from tests.harness.device import NO_BACKGROUND_SYNC, Device
from tests.harness.fixtures import NewDevice, NewPhone, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, sign_out, until_saved, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_unsent_work_survives_signing_out_and_goes_when_she_is_back(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/settings")
    wait_until_known(device)
    settings = device.page
    device.context.new_page()
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("check-in"))))
    device.close_tab()
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


def test_b_brings_in_what_a_left_on_a_tablet_and_a_says_elsewhere_that_it_is_hers(
    people: Cast, new_device: NewDevice, new_phone: NewPhone, sign_in: SignIn, witness: Witness
) -> None:
    words = witness.typed(people.mary, canary("check-in"))
    tablet = left_with_unsent_work(sign_in(new_device(alone=True), people.mary, kind="shared"), words)
    sign_in(tablet, people.charlie, kind="shared")
    tablet.online()
    tablet.go("/outbox")
    until(lambda: not tablet.kept()["stores"]["outbox"], "the bringing in")
    assert words not in tablet.page.content()
    witness.assert_no_loss()
    ana = new_phone(people.ana)
    ana.pull()
    assert ana.rows("checkin") == {}
    home = sign_in(new_device(), people.mary)
    until(lambda: words in home.go("/to-decide").content(), "the question to her")
    witness.assert_private(reader=people.ana)
    home.page.get_by_role("button", name="Yes, it is mine").click()
    home.page.get_by_text("in its place now").wait_for()
    ana.pull()
    assert [row["words"] for row in ana.rows("checkin").values()] == [words]
    witness.assert_no_loss()
    witness.assert_private(tablet, of=people.mary)
    witness.assert_private(reader=people.charlie)


def test_the_worker_brings_it_in_with_no_page_open(
    people: Cast, new_device: NewDevice, new_phone: NewPhone, sign_in: SignIn, witness: Witness
) -> None:
    words = witness.typed(people.mary, canary("check-in"))
    tablet = new_device(init_script=NO_BACKGROUND_SYNC)  # which would wake the worker before the push does
    left_with_unsent_work(sign_in(tablet, people.mary, kind="shared"), words)
    left = tablet.waiting()
    sign_in(tablet, people.charlie)
    tablet.page.route("**/sync/drop", lambda route: route.abort())  # what pages ask, not what the worker asks
    tablet.online()
    tablet.go("/help-now")
    until(lambda: [row["tag"] for row in tablet.kept()["stores"]["owners"]] != [], "his sign-in being known")
    assert tablet.waiting() == left
    tablet.push({"web_push": 8030})
    until(lambda: not tablet.waiting(), "the worker's bringing in")
    mary = new_phone(people.mary)
    until(lambda: mary.pull() or mary.rows("dropped"), "the question to her")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def left_with_unsent_work(tablet: Device, words: str) -> Device:
    """She checks in without signal and signs out, still without."""
    tablet.go("/settings")
    wait_until_known(tablet)
    settings = tablet.page
    tablet.context.new_page()
    tablet.offline()
    until_saved(check_in(tablet, words))
    tablet.close_tab()
    assert tablet.page == settings
    sign_out(tablet)
    return tablet
