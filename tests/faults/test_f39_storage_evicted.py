"""F39: the browser clears what it kept for this phone. That is said; the server is the record; old work is shown."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.device import NO_BACKGROUND_SYNC
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, until_sent, wait_until_known
from tests.harness.waiting import until
from tests.people import Cast

CLEARED = "storage-notice [data-cleared]"
OLD = "storage-notice [data-old]"
ALL_BUT_COOKIES = "indexeddb,local_storage,cache_storage,service_workers,file_systems"
FOUR_DAYS_LATER = "{ const now = Date.now; Date.now = () => now() + 4 * 86_400_000; }"


def test_a_cleared_phone_says_so_and_has_from_the_server_what_was_sent(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(init_script=NO_BACKGROUND_SYNC), people.mary)
    page = device.go("/")
    wait_until_known(device)
    until(lambda: device.cookie("kept"), "the mark")
    expect(page.locator(CLEARED)).to_be_hidden()
    words = witness.typed(people.mary, canary("sent"))
    until_sent(check_in(device, words))
    device.offline()
    until_saved(check_in(device, lost := canary("waited when it was cleared")))
    device.page.goto("about:blank")
    device.online()  # before its worker is gone: one that is ending may never say that it knows
    device.cdp.send("Storage.clearDataForOrigin", {"origin": device.url, "storageTypes": ALL_BUT_COOKIES})
    page = device.go("/")
    expect(page.locator(CLEARED)).to_be_visible()
    wait_until_known(device)
    assert lost not in str(device.kept())
    page = device.go("/check-ins")
    expect(page.get_by_text(words)).to_be_attached()
    page = device.go("/outbox")
    page.locator(f"{CLEARED} [data-seen]").click()
    expect(page.locator(CLEARED)).to_be_hidden()
    until_sent(check_in(device, witness.typed(people.mary, lost)))
    expect(device.go("/").locator(CLEARED)).to_be_hidden()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_signing_out_and_in_is_no_clearing(people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    until(lambda: device.cookie("kept"), "the mark")
    for person in (people.charlie, people.mary):
        page = sign_in(device, person).go("/")
        wait_until_known(device)
        expect(page.locator("waiting-badge")).to_be_hidden()
        expect(page.locator(CLEARED)).to_be_hidden()


def test_what_has_waited_three_days_is_pointed_at(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("no signal for days"))))
    page = device.go("/")
    expect(page.locator("waiting-badge")).to_be_visible()
    expect(page.locator(OLD)).to_be_hidden()
    device.context.add_init_script(FOUR_DAYS_LATER)
    expect(device.go("/").locator(OLD)).to_be_visible()
    expect(device.go("/outbox").locator("outbox-list [data-old]")).to_be_visible()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
