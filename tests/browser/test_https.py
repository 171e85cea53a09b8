"""Over https, through Caddy and through nginx as docs/install.md has them: the worker runs, forms are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.caddy import Caddy
from tests.harness.fixtures import NewDevice, running
from tests.harness.nginx import Nginx
from tests.harness.server import Server
from tests.people import PASSWORD, make_cast
from webapp.database import db, writing
from webapp.people import Person, hash_of_password

SELF_SIGNED = ("--ignore-certificate-errors",)


@pytest.fixture(params=[Caddy, Nginx])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", TRUSTED_PROXIES="1")
    front = request.param(tmp_path / "front", server.port)
    server.url = front.url
    front.start()
    yield from running(server)
    front.stop()


def test_a_mentee_signs_in_over_https_and_her_phone_gets_ready_for_no_signal(
    server: Server, new_device: NewDevice
) -> None:
    with server.inside():
        mary = make_cast().mary
        with writing():
            db.session.get_one(Person, mary).password_hash = hash_of_password(PASSWORD)
    device = new_device(alone=True, arguments=SELF_SIGNED)
    page = device.go("/sign-in")
    page.get_by_label("E-mail").fill("mary@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(f"{server.url}/sign-in")
    secure = {cookie["name"]: cookie["secure"] for cookie in device.context.cookies()}
    assert {"__Host-session", "__Host-here", "__Host-browser"} <= set(secure)
    assert all(secure.values())
    assert device.page.evaluate("isSecureContext")
    device.wait_for_worker()
    device.offline()
    page.goto(f"{server.url}/check-in")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
