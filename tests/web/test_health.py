"""/healthz tells machines in one word whether this installation works."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from webapp import __version__
from webapp.database import db, writing
from webapp.web.health import beat


def test_all_is_well_while_the_worker_is_heard(browser: Browser, clock: MovedClock) -> None:
    with writing():
        beat()
    clock.move(seconds=90)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    assert answer.json["version"] == __version__
    assert answer.json["database"] == "ok"
    assert answer.json["worker_last_beat"] == "2026-03-10T10:00:00+00:00"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_silent_worker_is_no_health(browser: Browser, clock: MovedClock) -> None:
    assert browser.get("/healthz").json["status"] == "worker_silent"
    with writing():
        beat()
    clock.move(minutes=3)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (503, "worker_silent")


def test_beating_again_moves_the_one_row(browser: Browser, clock: MovedClock) -> None:
    with writing():
        beat()
    clock.move(minutes=3)
    with writing():
        beat()
    assert browser.get("/healthz").status_code == 200


@pytest.mark.own_app
def test_a_database_that_is_gone_is_said_without_its_words(browser: Browser, app: Flask) -> None:
    db.session.remove()
    with db.engine.connect().execution_options(friendtor_write=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP TABLE heartbeat")
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (503, "database_unreachable")
    assert "heartbeat" not in answer.text
