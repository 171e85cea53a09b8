"""Fixtures of stories and faults: a running server, phones, trouble in between, and a witness."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from sqlalchemy import select

from tests.client import cookies_of
from tests.doubles.firefox import Firefox
from tests.harness.device import ARGUMENTS, Device
from tests.harness.firefox import FirefoxPhone, new_firefox
from tests.harness.handset import Handset
from tests.harness.oracles import Witness
from tests.harness.proxy import FaultProxy
from tests.harness.release import copy_of_the_program
from tests.harness.server import Server
from tests.harness.standing import StandingServer
from tests.harness.tools import chromium
from tests.harness.transport import OverHttp
from tests.harness.webkit import WebKitPhone
from tests.people import PASSWORD, Cast, make_cast
from tests.phone import Phone
from webapp.database import db, writing
from webapp.people import Person, end_sign_ins, hash_of_password
from webapp.people import SignIn as SignInRow

NewDevice = Callable[..., Device]
NewPhone = Callable[..., Phone]
NewHandset = Callable[..., Handset]
AnyHandset = TypeVar("AnyHandset", bound=Handset)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=20_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser_program(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium in which phones are contexts: they share the program and nothing else."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with keys, empty tables and assets, made once and copied for each test."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    data.mkdir()
    Server(data).prepare()
    return data


@pytest.fixture(scope="session")
def standing_server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingServer]:
    standing = StandingServer(prepared, lambda: tmp_path_factory.mktemp("hospital"))
    yield standing
    standing.end()


@pytest.fixture
def server(standing_server: StandingServer) -> Server:
    """A hospital without people, on SQLite; web and worker run."""
    return standing_server.hand_out()


@pytest.fixture
def server_of_a_copy(prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """The same with a copy of the program, in which later versions are brought out."""
    shutil.copytree(prepared, tmp_path / "data")
    yield from running(Server(tmp_path / "data", root=copy_of_the_program(tmp_path / "program")))


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
def new_device(
    request: pytest.FixtureRequest, playwright: Playwright, server: Server, witness: Witness, tmp_path: Path
) -> Iterator[NewDevice]:
    """Makes phones that are opened and on this server; `url` puts the proxy between, `alone` gives one a program of its
    own, to be closed, killed, started with other arguments or looked into on disk."""
    devices: list[Device] = []

    def make(url: str = "", alone: bool = False, **options: Any) -> Device:
        shared = None if alone else request.getfixturevalue("browser_program")
        device = Device(playwright, tmp_path / f"profile{len(devices)}", url or server.url, shared=shared, **options)
        devices.append(device)
        witness.devices.append(device)
        return device.open()

    yield make
    for device in devices:
        device.discard()


@pytest.fixture(scope="session")
def running_firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with new_firefox(tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def new_handset(
    request: pytest.FixtureRequest, server: Server, witness: Witness, tmp_path: Path
) -> Iterator[NewHandset]:
    """The same in three engines, each of which tells the story; `alone` for a browser that will be killed or looked
    into on disk."""
    with ExitStack() as closing:

        def line_to(url: str) -> FaultProxy:
            line = FaultProxy(int(url.rpartition(":")[2]))
            closing.callback(line.close)
            return line

        def make(url: str = "", init_script: str = "", alone: bool = False) -> Handset:
            url, profile = url or server.url, tmp_path / f"profile{len(witness.devices)}"
            if request.param == "chromium":
                playwright = request.getfixturevalue("playwright")
                shared = None if alone else request.getfixturevalue("browser_program")
                handset: Handset = Device(playwright, profile, url, init_script=init_script, shared=shared)
            elif request.param == "firefox":
                running = None if alone else request.getfixturevalue("running_firefox")
                handset = FirefoxPhone(profile, line_to(url), init_script, running)
            else:
                handset = WebKitPhone(profile, line_to(url), init_script)
            witness.devices.append(handset)
            closing.callback(handset.discard)
            return handset.open()

        yield make


class SignIn(Protocol):
    """Signs a person in on a phone, as after the sign-in form."""

    def __call__(self, device: AnyHandset, person: UUID, kind: str = "own") -> AnyHandset: ...


@pytest.fixture
def sign_in(server: Server) -> SignIn:
    """Signs a person in on a phone, as after the sign-in form."""

    def be(device: AnyHandset, person: UUID, kind: str = "own") -> AnyHandset:
        device.leave()
        with server.inside() as app:
            device.take_cookies(cookies_of(app, person, kind, "Test phone", device.cookie("browser")))
        return device

    return be


@pytest.fixture
def passwords(server: Server, people: Cast) -> None:
    """The four can sign in with PASSWORD."""
    hashed = hash_of_password(PASSWORD)
    with server.inside(), writing():
        for person in db.session.scalars(select(Person)):
            person.password_hash = hashed


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


def end_every_sign_in(server: Server, person: UUID) -> None:
    """The server forgets this person everywhere: expired, revoked, restored."""
    with server.inside(), writing():
        assert end_sign_ins(SignInRow.person_id == person, why="test") > 0


def running(server: Server) -> Iterator[Server]:
    """Start it for a test. Nothing of it is needed afterwards, so it need not end well."""
    if not server.data.exists():
        server.data.mkdir(parents=True)
        server.prepare()
    server.start()
    yield server
    server.kill()
