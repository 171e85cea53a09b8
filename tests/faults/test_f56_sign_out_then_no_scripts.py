"""F56: she signs out without signal, and later the pages are opened online without scripts. Nobody is signed in."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, sign_out, until_sent, wait_until_known
from tests.harness.server import Server
from tests.people import Cast
from webapp.database import db
from webapp.people import SignIn as SignInRow


def test_the_leftover_session_opens_nothing(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    until_sent(check_in(device, witness.typed(people.mary, canary("check-in"))))
    device.go("/settings")
    device.offline()
    sign_out(device)
    assert {"session"} <= {cookie["name"] for cookie in device.context.cookies()}  # script cannot delete it
    device.without_scripts()
    device.online()
    page = device.go("/check-ins")
    assert witness.words()[0] not in page.content()
    assert page.locator("input[type=password]").count() == 1
    with server.inside():
        [row] = db.session.query(SignInRow).where(SignInRow.person_id == people.mary).all()
        assert row.revoked_at is not None
    device.with_scripts()
    device.go("/help-now")
    witness.assert_no_loss()
    witness.assert_private(device)
