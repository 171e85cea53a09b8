"""Fixtures of stories and faults: a running server, phones, trouble in between, and a witness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.client import cookies_of
from tests.harness.device import Device
from tests.harness.oracles import Witness
from tests.harness.proxy import FaultProxy
from tests.harness.server import Server
from tests.harness.transport import OverHttp
from tests.people import Cast, make_cast
from tests.phone import Phone

NewDevice = Callable[..., Device]
NewPhone = Callable[..., Phone]
SignIn = Callable[..., Device]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A hospital with the four people, on SQLite; web and worker run."""
    yield from running(Server(tmp_path / "data"))


@pytest.fixture
def people(server: Server) -> Cast:
    with server.inside():
        return make_cast()


@pytest.fixture
def proxy(server: Server) -> Iterator[FaultProxy]:
    proxy = FaultProxy(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def witness(server: Server) -> Witness:
    return Witness(server)


@pytest.fixture
def new_device(playwright: Playwright, server: Server, witness: Witness, tmp_path: Path) -> Iterator[NewDevice]:
    """Makes phones that are opened and on this server; `url` puts the proxy between."""
    devices: list[Device] = []

    def make(url: str = "", **options: Any) -> Device:
        device = Device(playwright, tmp_path / f"profile{len(devices)}", url or server.url, **options)
        devices.append(device)
        witness.devices.append(device)
        return device.open()

    yield make
    for device in devices:
        device.close()


@pytest.fixture
def sign_in(server: Server) -> SignIn:
    """Signs a person in on a phone, as after the sign-in form."""

    def be(device: Device, person: UUID, kind: str = "own") -> Device:
        with server.inside() as app:
            device.take_cookies(cookies_of(app, person, kind, "Test phone"))
        return device

    return be


@pytest.fixture
def new_phone(server: Server, witness: Witness) -> NewPhone:
    """Makes Python phones that speak HTTP with the server; `url` puts the proxy between."""

    def make(person: UUID, url: str = "", kind: str = "own") -> Phone:
        with server.inside() as app:
            phone = Phone(OverHttp(url or server.url, cookies_of(app, person, kind, "Test phone")))
        phone.refresh()
        witness.phones.append(phone)
        return phone

    return make


def running(server: Server) -> Iterator[Server]:
    server.data.mkdir(parents=True)
    server.prepare()
    server.start()
    yield server
    server.stop()
