"""F43: a batch is too big, or one op in its middle breaks the writing of it. Halved; the others are applied."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, NewPhone, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until
from tests.people import Cast
from webapp.database import uuid7
from webapp.sync.wire import MOST_BYTES

LONGEST = 20_000


def test_the_third_of_five_takes_nothing_else_with_it(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    theirs = new_phone(people.charlie)
    taken = theirs.entry(witness.typed(people.charlie, canary("his"))).body["entity"]
    theirs.flush()
    phone = new_phone(people.mary)
    for number in range(5):
        entity = taken if number == 2 else str(uuid7())
        phone.entry(witness.typed(people.mary, canary(f"entry {number}")), entity, parent=None)
    statuses = [(result["status"], result["reason"]) for result in phone.flush()]
    assert statuses == [*[("applied", None)] * 2, ("rejected", "not_allowed"), *[("applied", None)] * 2]
    theirs.pull()
    assert list(theirs.rows("entry")) == [taken]
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie, of=people.mary)
    witness.assert_private(reader=people.mary, of=people.charlie)


@pytest.mark.parametrize("letter", ["\U0001f319", '"', "\x01"])
def test_the_longest_entry_in_the_widest_letters_fits_one_delivery(
    letter: str, people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary)
    words = canary("long")
    op = phone.entry(witness.typed(people.mary, words) + letter * (LONGEST - len(words)))
    assert len(op.sealed) < MOST_BYTES
    assert [result["status"] for result in phone.flush()] == ["applied"]


def test_a_phone_halves_until_each_goes(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    for number in range(4):
        until_saved(check_in(device, witness.typed(people.mary, canary(f"check-in {number}"))))
    too_big = proxy.inflict("status", "/sync", method="POST", status=413, times=2)
    page = device.go("/outbox")
    device.online()
    until(lambda: not device.waiting(), "the sending")
    assert too_big.met == 2
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_what_is_too_big_by_itself_is_set_aside_with_its_words(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    device.go("/")
    wait_until_known(device)
    proxy.inflict("status", "/sync", method="POST", status=413)
    words = witness.typed(people.mary, canary("check-in"))
    page = check_in(device, words)
    expect(page.locator("form#checkin [data-status]")).to_contain_text("This could not be sent. Your words are safe.")
    page = device.go("/outbox")
    expect(page.locator("[data-group=attention] li")).to_contain_text(words)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
