"""What the store and the outbox are for, in three engines: kept, waiting, sent once, sealed when she leaves."""

from __future__ import annotations

import json

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary, texts_on_server
from tests.harness.server import Server
from tests.harness.steps import (
    SEND,
    WORDS,
    check_in,
    fill_in_check_in,
    until_all_is_sent,
    until_form_is,
    until_given_back,
    until_saved,
    until_sent,
    wait_until_known,
)
from tests.harness.waiting import until
from tests.people import Cast

FIFTY_NOTES = """
(async ([pairing, ...texts]) => {
  const { phone } = (await import(document.querySelector("script[type=module]").src)).$phone;
  for (const words of texts) await phone.save({ kind: "note", action: "write", fields: { pairing, words } });
})(%s)
"""


def test_without_signal_it_waits_over_a_reload_and_goes_out_once(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/")
    wait_until_known(phone)
    check_in(phone, witness.typed(people.mary, canary("with signal")))
    until_sent(phone)
    phone.offline()
    check_in(phone, witness.typed(people.mary, canary("without signal")))
    until_saved(phone)
    phone.reload()
    assert len(phone.waiting()) == 1
    witness.assert_no_loss()
    phone.online()
    until_all_is_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_fifty_saves_in_a_row_lose_none(
    server: Server, people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/")
    wait_until_known(phone)
    phone.offline()
    notes = [witness.typed(people.mary, canary(f"note {number}")) for number in range(50)]
    phone.run(FIFTY_NOTES % json.dumps([str(people.pairing), *notes]))
    assert len(phone.waiting()) == 50
    witness.assert_no_loss()
    phone.online()
    until_all_is_sent(phone)
    with server.inside():
        arrived = [found.text for found in texts_on_server()]
    assert [words for words in notes if words not in arrived] == []
    witness.assert_no_loss()


def test_signing_out_leaves_only_sealed_work(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(alone=True), people.mary)
    phone.show("/settings")
    wait_until_known(phone)
    second_tab = phone.new_tab()
    phone.offline()
    check_in(phone, witness.typed(people.mary, canary("saved")))
    until_saved(phone)
    phone.show("/check-in")
    typed = witness.typed(people.mary, canary("only typed"))
    fill_in_check_in(phone, typed)
    witness.until_kept(typed)
    phone.to_tab(0)
    phone.tap("sign-out button")
    until(lambda: phone.run("location.pathname") == "/", "the way out")
    stores = phone.kept()["stores"]
    assert [stores[name] for name in ("owners", "mirror", "drafts")] == [[], [], []]
    assert len(stores["outbox"]) == 2
    phone.to_tab(second_tab)
    until(lambda: phone.run("location.pathname") == "/", "the other tab's way out")
    witness.assert_private(phone)
    phone.online()
    sign_in(phone, people.mary)
    phone.show("/")
    until_all_is_sent(phone)
    witness.assert_no_loss()
    phone.show("/check-in")
    until_given_back(phone, typed)
    phone.type(WORDS, " and more")
    phone.reload()
    until_given_back(phone, f"{typed} and more")
    phone.tap(SEND)
    until_sent(phone)
    until_all_is_sent(phone)
    witness.assert_no_loss()
    phone.show("/check-in")
    until_form_is(phone, "clean")
    assert phone.value(WORDS) == ""
