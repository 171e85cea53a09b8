"""F18: she signs out while a second tab is open. No header clears stores, and nothing blocks the next person."""

from __future__ import annotations

from playwright.sync_api import Response, expect

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, fill_in_check_in, sign_out, until_saved, until_sent, wait_until_known
from tests.people import Cast


def test_the_other_tab_leaves_and_the_store_opens_at_once(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    answers: list[Response] = []
    device.context.on("response", lambda answer: answers.append(answer))
    device.go("/")
    wait_until_known(device)
    words = witness.typed(people.mary, canary("typed in the other tab"))
    fill_in_check_in(device.go("/check-in"), words)
    witness.until_kept(words)
    other = device.page
    device.new_tab()
    device.go("/settings")
    sign_out(device)
    expect(other.locator("a[href='/sign-in']")).to_be_visible()
    assert [answer.status for answer in answers if answer.request.method == "POST" and "/sign-out" in answer.url]
    assert not [answer.url for answer in answers if "clear-site-data" in answer.headers]
    kept = device.kept()["stores"]
    assert kept["owners"] == kept["drafts"] == []
    assert len(kept["outbox"]) == 1  # what she was typing, sealed
    witness.assert_no_loss()
    sign_in(device, people.charlie)
    page = check_in(device, witness.typed(people.charlie, canary("the next person")), keep=True)
    until_saved(page)
    until_sent(page)
    witness.assert_no_loss()
    witness.assert_private(device, of=people.mary)
    witness.assert_private(reader=people.charlie)
