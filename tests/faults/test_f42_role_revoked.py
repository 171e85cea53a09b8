"""F42: while she has no signal her pair is ended, or her account closed. Refused with a reason, kept, hers to take."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.harness.fixtures import NewDevice, NewPhone, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.server import Server
from tests.people import Cast
from webapp.database import db, writing
from webapp.pairings import Pairing, end_pair
from webapp.people import Person
from webapp.people.accounts import close_account, open_account_again


def end_the_pair(server: Server, people: Cast) -> None:
    with server.inside(), writing():
        end_pair(db.session.get_one(Person, people.carol), db.session.get_one(Pairing, people.pairing))


def test_what_was_for_a_mentor_who_is_hers_no_more_is_kept_under_its_author(
    server: Server, people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary)
    fields = {"pairing": str(people.pairing), "audience": "mentor", "face": 2}
    words = witness.typed(people.mary, canary("for her mentor"))
    phone.save("checkin", "record", {**fields, "words": words})
    note = witness.typed(people.mary, canary("a note"))
    phone.save("note", "write", {"pairing": str(people.pairing), "words": note})
    phone.entry(witness.typed(people.mary, canary("for herself")))
    end_the_pair(server, people)
    results = [(result["status"], result["reason"]) for result in phone.flush()]
    assert results == [("rejected", "pairing_ended"), ("rejected", "pairing_ended"), ("applied", None)]
    held = {item["fields"]["words"]: item["reason"] for item in phone.rows("held").values()}
    assert held == {words: "pairing_ended", note: "pairing_ended"}
    witness.assert_no_loss()
    for reader in (people.ana, people.carol, people.charlie, people.admin):
        witness.assert_private(reader=reader)


def test_a_closed_account_keeps_its_work_on_the_phone_until_it_is_open_again(
    server: Server, people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary)
    phone.entry(witness.typed(people.mary, canary("before it was closed")))
    with server.inside(), writing():
        close_account(db.session.get_one(Person, people.admin), db.session.get_one(Person, people.mary))
    assert phone.send(phone.waiting())[0] == 401
    witness.assert_no_loss()
    with server.inside(), writing():
        open_account_again(db.session.get_one(Person, people.admin), db.session.get_one(Person, people.mary))
    again = new_phone(people.mary)
    again.outbox, phone.outbox = phone.outbox, []
    assert [result["status"] for result in again.flush()] == ["applied"]
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_the_phone_says_why_and_gives_a_copy(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    device.offline()
    words = witness.typed(people.mary, canary("for her mentor"))
    until_saved(check_in(device, words))
    end_the_pair(server, people)
    page = device.go("/outbox")
    device.online()
    refused = page.locator("[data-group=attention] li")
    expect(refused).to_contain_text("This pair has ended")
    expect(refused).to_contain_text(words)
    with page.expect_download() as download:
        page.locator("[data-export]").click()
    [copy] = json.loads(download.value.path().read_text())
    assert (copy["fields"]["words"], copy["reason"]) == (words, "pairing_ended")
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)
