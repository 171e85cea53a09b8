"""F37: a page is answered by a redirect to the sign-in page. It is shown, never kept; nor is one at the install."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn, end_every_sign_in
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, until_sent, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast

MAY_BE_KEPT = re.compile(r"/(static|shell)/|/help-now\.json$")
INSTALLED = "navigator.serviceWorker.getRegistration().then((it) => Boolean(it?.active))"
TRIED = "navigator.serviceWorker.getRegistration().then((it) => !it?.installing)"


def kept_by(device: Device) -> dict[str, str]:
    """Every address that the worker keeps, and what it has there."""
    return {path: text for cache in device.kept()["caches"].values() for path, text in cache.items()}


def test_a_redirect_is_followed_and_never_kept(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    until_sent(check_in(device, witness.typed(people.mary, canary("check-in"))))
    before = kept_by(device)
    end_every_sign_in(server, people.mary)
    for path in ("/check-in", "/check-ins"):
        expect(device.go(path).get_by_label("Password", exact=True)).to_be_visible()
    assert kept_by(device) == before
    assert all(MAY_BE_KEPT.search(path) for path in before)
    device.offline()
    until_saved(check_in(device, witness.typed(people.mary, canary("from the shell"))))
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def test_a_redirect_at_the_install_installs_nothing(
    people: Cast, proxy: FaultProxy, new_device: NewDevice, sign_in: SignIn
) -> None:
    device = sign_in(new_device(proxy.url), people.mary)
    portal = proxy.inflict("sign_in", "/shell")
    page = device.go("/help-now")
    until(lambda: portal.met, "the redirect")
    until(lambda: page.evaluate(TRIED), "the end of the try")
    assert not page.evaluate(INSTALLED)
    assert not [path for path in kept_by(device) if "/shell/" in path]
    proxy.heal()
    page.reload()
    device.wait_for_worker()
    assert [path for path in kept_by(device) if "/shell/" in path]
