"""F9: ten taps on the button in 300 ms. One entry."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import CHECK_IN, fill_in_check_in, until_sent, wait_until_known
from tests.harness.server import Server
from tests.people import Cast
from webapp.checkins import Checkin
from webapp.database import db

TEN_TAPS = """
(button) => new Promise((done) => {
  let taps = 0;
  const timer = setInterval(() => {
    document.querySelector(button).click();
    if (++taps === 10) { clearInterval(timer); done(taps); }
  }, 30);
})
"""


def test_ten_taps_make_one_checkin(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    page = device.go("/check-in")
    wait_until_known(device)
    fill_in_check_in(page, witness.typed(people.mary, canary("check-in")))
    assert page.evaluate(TEN_TAPS, f'{CHECK_IN} button[value="mentor"]') == 10
    until_sent(page)
    with server.inside():
        assert db.session.scalar(select(func.count()).select_from(Checkin)) == 1
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
