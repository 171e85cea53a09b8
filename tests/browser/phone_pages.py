"""A real server on loopback with one extra page, and a Chromium that plays a phone, for the tests of the phone's own files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from flask import Blueprint, Flask, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from sqlalchemy import select
from werkzeug.serving import BaseWSGIServer, make_server

from tests.harness.tools import chromium
from tests.people import Cast, make_cast
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db, writing
from webapp.ledger import LedgerRow
from webapp.people import Person, sign_in_here
from webapp.pwa.shells import Shell

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SOON = 15_000

NOTE_PAGE = """{% extends "layouts/page.html" %}
{% from "pwa/offline_form.html" import offline_form, identifier_warning %}
{% block title %}A note{% endblock %}
{% block main %}<h1>A note</h1>
{% call offline_form("note", "write", take_back="take_back", name="note") %}
<form method="post" action="/phone-test">
  <mirror-one kind="pairing"><input type="hidden" name="pairing" data-field="id" value="{{ pairing or '' }}"></mirror-one>
  <input type="hidden" name="op_id" value=""><input type="hidden" name="entity" value=""><input type="hidden" name="parent" value="">
  <label for="words">Words</label><textarea id="words" name="words" autocomplete="off" required></textarea>
  {{ identifier_warning("words") }}
  <button id="send">Send</button>
</form>{% endcall %}
<mirror-list kind="note"><ol data-rows></ol>
<template><li><span data-field="words"></span> <small data-if="waiting">waiting</small></li></template>
<p data-empty>Nothing yet</p></mirror-list>
<sign-out><form method="post" action="/sign-out"><button id="sign-out">Sign out</button></form></sign-out>
{% endblock %}
{% block scripts %}{% include "pwa/foot.html" %}{% endblock %}"""


@dataclass
class Served:
    """The app behind an address, which can be stopped and started again at the same port."""

    app: Flask
    cast: Cast
    port: int
    _server: BaseWSGIServer | None = None
    posted: int = 0

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def sign_in(self, context: BrowserContext, person: UUID, kind: str = "own") -> None:
        """Give a browser the cookies that the sign-in form would give it."""
        with self.app.test_request_context("/", base_url=self.address):
            with writing():
                row = db.session.get(Person, person)
                assert row is not None
                sign_in_here(row, kind, "Test phone")
            response = self.app.process_response(self.app.make_response(""))
            cookies = [header.partition(";")[0].partition("=") for header in response.headers.getlist("Set-Cookie")]
        context.add_cookies(
            [
                {"name": name, "value": value, "url": self.address, "httpOnly": name == "session", "sameSite": "Lax"}
                for name, _, value in cookies
            ]
        )

    def ledger(self, person: UUID) -> list[tuple[str, str, str]]:
        """(kind, action, status) of everything that arrived from a person."""
        with self.app.app_context():
            rows = db.session.scalars(select(LedgerRow).where(LedgerRow.person_id == person))
            return sorted((row.kind, row.action, row.status) for row in rows)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    port = _free_port()
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
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser_program(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def phone(browser_program: Browser, served: Served) -> Iterator[BrowserContext]:
    """Mary's own phone, signed in."""
    context = browser_program.new_context(viewport={"width": 360, "height": 640})
    served.sign_in(context, served.cast.mary)
    yield context
    context.close()


def open_page(context: BrowserContext, served: Served, path: str = "/phone-test") -> Page:
    """A page whose script errors fail the test."""
    page = context.new_page()
    page.set_default_timeout(SOON)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(served.address + path)
    return page


def until_worker(page: Page) -> None:
    """Wait until the worker has installed and answers for this page."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def _note_room(served: Served) -> Blueprint:
    room = Blueprint("phone_test", __name__)

    @room.route("/phone-test", methods=["GET", "POST"])
    def note() -> ResponseReturnValue:
        served.posted += request.method == "POST"
        return render_template_string(NOTE_PAGE, pairing=served.cast.pairing)

    return room


def _free_port() -> int:
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


__all__ = ["Served", "Shell", "browser_program", "open_page", "phone", "playwright", "served", "until_worker"]
