"""F9: ten taps on the button in 300 ms. One entry."""

from __future__ import annotations

import json

from tests.harness.fixtures import NewHandset, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.steps import SEND, fill_in_check_in, until_all_is_sent, until_sent, wait_until_known
from tests.people import Cast

TEN_TAPS = """
new Promise((done) => {
  let taps = 0;
  const timer = setInterval(() => {
    document.querySelector(%s).click();
    if (++taps === 10) { clearInterval(timer); done(taps); }
  }, 30);
})
"""


def test_ten_taps_make_one_checkin(people: Cast, new_handset: NewHandset, sign_in: SignIn, witness: Witness) -> None:
    phone = sign_in(new_handset(), people.mary)
    phone.show("/check-in")
    wait_until_known(phone)
    fill_in_check_in(phone, witness.typed(people.mary, canary("check-in")))
    assert phone.run(TEN_TAPS % json.dumps(SEND)) == 10
    until_sent(phone)
    until_all_is_sent(phone)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
