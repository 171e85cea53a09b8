"""A server with one extra page, and a Chromium that plays a phone, for the tests of the phone's own files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pytest
from flask import Blueprint, Flask, make_response, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select
from werkzeug.serving import BaseWSGIServer, make_server

from tests.harness.device import PHONE, end, until_it_has_its_scripts
from tests.harness.server import free_port
from tests.harness.store import ROWS_OF
from tests.harness.waiting import until
from tests.people import Cast, make_cast
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db, writing
from webapp.ledger import LedgerRow
from webapp.people import Person, sign_in_here
from webapp.people.passwords import hash_of
from webapp.pwa.version import asset_version
from webapp.sync.models import DroppedEnvelope

SOON = 30_000
LONG = 60  # seconds

Answer = tuple[str, int, dict[str, str]]

NOTE_PAGE = """{% extends "layouts/page.html" %}
{% from "pwa/offline_form.html" import offline_form, identifier_warning %}
{% block title %}A note{% endblock %}
{% block main %}<h1>A note</h1>
{% call offline_form("note", "write", take_back="take_back", name="note") %}
<form method="post" action="/phone-test">
  <input type="hidden" name="pairing" value="{{ pairing }}">
  <input type="hidden" name="op_id" value=""><input type="hidden" name="entity" value="">
  <label for="words">Words</label><textarea id="words" name="words" autocomplete="off" required></textarea>
  {{ identifier_warning("words") }}
  <button id="send">Send</button>
</form>{% endcall %}
<mirror-list kind="note"><ol data-rows></ol>
<template><li><span data-field="words"></span> <small data-if="waiting">waiting</small></li></template>
<p data-empty>Nothing yet</p></mirror-list>
<sign-out><form method="post" action="/sign-out"><button id="sign-out">Sign out</button></form></sign-out>
{% endblock %}"""


@dataclass
class Served:
    """The app behind an address, which can be stopped and started again at the same port."""

    app: Flask
    cast: Cast
    port: int
    _server: BaseWSGIServer | None = None
    _thread: threading.Thread | None = None
    posted: int = 0
    last_words: str = ""
    missing: str = ""  # an asset that answers 404
    portal: bool = False  # assets that the worker fetches answer with a page
    release: str = ""  # a later release of the worker
    fail_with: int = 0  # the page answers with this status
    strangers: list[Answer] = field(default_factory=list)  # what answers to what is sent instead of us, in turn
    strangers_asked: int = 0
    feed_passes: threading.Event | None = None  # until then answers of the feed are under way
    script_errors: list[str] = field(default_factory=list)
    password: str = "correct horse battery staple"

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Gives the port back; its own thread closes it, so that is waited for."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server = self._thread = None

    def sign_in(self, context: BrowserContext, person: UUID, kind: str = "own") -> None:
        """Give a browser the cookies that the sign-in form would give it."""
        had = "; ".join(
            f"{cookie['name']}={cookie['value']}" for cookie in context.cookies() if cookie["name"] == "browser"
        )
        with self.app.test_request_context("/", base_url=self.address, environ_base={"HTTP_COOKIE": had}):
            with writing():
                row = db.session.get(Person, person)
                assert row is not None
                sign_in_here(row, kind, "Test phone")
            response = self.app.process_response(self.app.make_response(""))
            cookies = [header.partition(";")[0].partition("=") for header in response.headers.getlist("Set-Cookie")]
        for name, _, value in cookies:
            readable, kept = name == "here", {"sameSite": "Lax", "expires": 4_000_000_000}
            context.add_cookies([{"name": name, "value": value, "url": self.address, "httpOnly": not readable, **kept}])

    def give_password(self, person: UUID) -> None:
        """Let somebody sign in by form."""
        with self.app.app_context(), writing():
            row = db.session.get(Person, person)
            assert row is not None
            row.password_hash = hash_of(self.password)

    def stored(self, page: Page, names: tuple[str, ...]) -> list[object]:
        """The raw rows of the phone's stores."""
        rows: list[object] = page.evaluate("(names) => window.storedNow(names)", list(names))
        return rows

    def until_posted(self, number: int) -> None:
        until(lambda: self.posted == number, f"{number} posted forms")

    def until_in_ledger(self, person: UUID, number: int) -> None:
        until(lambda: len(self.ledger(person)) == number, f"{number} rows in the ledger")

    def brought_in(self) -> list[DroppedEnvelope]:
        """What somebody brought in for somebody else; no worker looks into it here."""
        with self.app.app_context():
            return list(db.session.scalars(select(DroppedEnvelope)))

    def ledger(self, person: UUID) -> list[tuple[str, str, str]]:
        """(kind, action, status) of everything that arrived from a person."""
        with self.app.app_context():
            rows = db.session.scalars(select(LedgerRow).where(LedgerRow.person_id == person))
            return sorted((row.kind, row.action, row.status) for row in rows)


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The assets, laid out by the first server and shared by the others of this run."""
    return tmp_path_factory.mktemp("assets")


@pytest.fixture
def served(tmp_path: Path, laid_out: Path) -> Iterator[Served]:
    port = free_port()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "assets").symlink_to(laid_out)
    settings = Settings(
        data_dir=tmp_path / "data",
        database_url=f"sqlite:///{tmp_path / 'friendtor.db'}",
        public_url=f"http://localhost:{port}",
    )
    app = create_app(settings)
    with app.app_context():
        make_tables()
        cast = make_cast()
    served = Served(app, cast, port)
    app.register_blueprint(_note_room(served))
    served.start()
    yield served
    served.stop()
    assert not served.script_errors, "\n".join(served.script_errors)
    with app.app_context():
        db.engine.dispose()


EYES = (
    """
const main = () => document.querySelector('script[type=module]').src;
const parts = async () => (await import(main())).$phone.phone;
window.flushNow = async () => (await parts()).flush();
window.waitingNow = async () => {
  const phone = await parts();
  return (await phone.ownerKept()) ? (await phone.outbox.count()).waiting : -1;
};
window.saveOp = async (what) => (await parts()).save(what);
window.phoneTrouble = async () => (await parts()).outbox.trouble;
window.settleDrafts = async () => (await parts()).drafts.settle();
const inTime = (answer) => Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 10000))]);
window.until = async (holds) => {
  for (const end = Date.now() + 30000; Date.now() < end;) {
    if (await inTime(holds())) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`never: ${holds}`);
};
window.storedNow = """
    + ROWS_OF
    + ";\n"
)


class PhoneOf(Protocol):
    def __call__(self, person: UUID, kind: str = "own", **options: Any) -> BrowserContext:
        """A browser in which this person is signed in; it is closed when the test ends."""


@pytest.fixture
def phone_of(browser_program: Browser, served: Served) -> Iterator[PhoneOf]:
    made = []

    def make(person: UUID, kind: str = "own", **options: Any) -> BrowserContext:
        context = browser_program.new_context(**{"viewport": PHONE, **options})
        made.append(context)
        served.sign_in(context, person, kind)
        return context

    yield make
    for context in made:
        end(context)


@pytest.fixture
def phone(phone_of: PhoneOf, served: Served) -> BrowserContext:
    """Mary's own phone, signed in."""
    return phone_of(served.cast.mary)


def open_page(context: BrowserContext, served: Served, path: str = "/phone-test") -> Page:
    """A page whose script errors fail the test at its end."""
    page = context.new_page()
    page.set_default_timeout(SOON)
    page.add_init_script(EYES)
    page.on("pageerror", lambda error: served.script_errors.append(f"{error.message}\n{error.stack}"))
    visit(page, served, path)
    return page


def visit(page: Page, served: Served, path: str) -> None:
    """Open an address and wait until its own elements hear what is tapped."""
    page.goto(served.address + path)
    until_it_has_its_scripts(page)


def until_sent(page: Page) -> None:
    """Wait until somebody is signed in here and nothing of theirs waits."""
    page.evaluate("window.until(async () => (await window.flushNow(), await window.waitingNow()) === 0)")


def waiting(page: Page) -> int:
    """How many ops of the person signed in wait here."""
    number: int = page.evaluate("window.waitingNow()")
    return number


def until_worker(page: Page) -> None:
    """Wait until the worker has installed and answers for this page."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def _note_room(served: Served) -> Blueprint:
    room = Blueprint("phone_test", __name__)

    @room.route("/phone-test", methods=["GET", "POST"])
    def note() -> ResponseReturnValue:
        if request.method == "POST":
            served.last_words = request.form["words"]
            served.posted += 1
        if served.fail_with:
            return make_response("trouble", served.fail_with)
        return render_template_string(NOTE_PAGE, pairing=served.cast.pairing)

    @room.before_app_request
    def trouble() -> ResponseReturnValue | None:
        if served.missing and request.path.endswith(served.missing):
            return make_response("gone", 404)
        if served.strangers and request.path == "/sync":
            answer = served.strangers[served.strangers_asked % len(served.strangers)]
            served.strangers_asked += 1
            return make_response(answer)
        if served.feed_passes and request.path == "/sync/feed":
            served.feed_passes.wait(LONG)
        if served.portal and request.path.endswith("base.css"):
            return make_response("<h1>Wi-Fi</h1>", 200)
        if served.release and request.path == "/service-worker.js":
            script = f'// {served.release}\nimport "/static/{asset_version()}/worker/main.js";\n'
            return make_response(script, 200, {"Content-Type": "text/javascript"})
        return None

    return room


__all__ = ["laid_out", "phone", "phone_of", "served"]
