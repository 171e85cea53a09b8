"""F31: the connection to the phone's database dies while the page lives. It is opened again, and nothing is lost.

Or a transaction never ends: it is begun again.
"""

from __future__ import annotations

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import SEND, fill_in_check_in, until_all_is_sent, until_sent, wait_until_known
from tests.people import Cast

REMEMBER_CONNECTIONS = """
window.connections = [];
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...asked) {
  const opening = open.apply(this, asked);
  opening.addEventListener("success", () => window.connections.push(opening.result));
  return opening;
};
"""
CLOSE_THEM = "window.connections.splice(0).map((database) => database.close()).length"
HELD_UNTIL_REPEATED = """
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (names, mode, ...others) {
  const since = window.held?.[names];
  if (since && performance.now() - since > 5000) [window.held, window.wasRepeated] = [null, true];
  else if (window.held && mode === "readwrite") window.held[names] = performance.now();
  return begin.call(this, names, mode, ...others);
};
"""
HOLD_THE_OUTBOX = """
new Promise((resolve) => {
  indexedDB.open("friendtor").onsuccess = ({ target }) => {
    const outbox = target.result.transaction(["outbox"], "readwrite").objectStore("outbox");
    const again = () => { if (window.held) outbox.count().onsuccess = again; };
    window.held = {};
    again();
    resolve(true);
  };
})
"""


def test_a_closed_connection_is_opened_again(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(init_script=REMEMBER_CONNECTIONS), people.mary)
    phone.show("/")
    wait_until_known(phone)
    phone.show("/check-in")
    fill_in_check_in(phone, witness.typed(people.mary, canary("check-in")))
    assert phone.run(CLOSE_THEM) > 0
    phone.tap(SEND)
    until_sent(phone)
    until_all_is_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_a_transaction_that_does_not_end_is_begun_again(
    people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness
) -> None:
    phone = sign_in(new_handset(init_script=HELD_UNTIL_REPEATED), people.mary)
    phone.show("/")
    wait_until_known(phone)
    phone.show("/check-in")
    fill_in_check_in(phone, witness.typed(people.mary, canary("check-in")))
    phone.run(HOLD_THE_OUTBOX)
    phone.tap(SEND)
    until_sent(phone)
    assert phone.run("window.wasRepeated")
    until_all_is_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
