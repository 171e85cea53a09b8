"""F10: three tabs come online together. One entry."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, signal_comes_back, until_saved, wait_until_known
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast
from webapp.checkins import Checkin
from webapp.database import db


def test_three_tabs_send_one_checkin_once(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    for _ in range(2):
        device.context.new_page().goto(f"{server.url}/check-in")
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("check-in"))))
    assert len(device.context.pages) == 3
    device.online()
    for page in device.context.pages:
        signal_comes_back(page)
    until(lambda: not device.waiting(), "the sending")
    with server.inside():
        assert db.session.scalar(select(func.count()).select_from(Checkin)) == 1
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
