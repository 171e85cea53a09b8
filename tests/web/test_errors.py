"""Every error is a page with a way on, or one JSON shape; nothing shows its insides."""

from __future__ import annotations

import pytest
from flask import Flask, abort

from tests.client import Browser
from tests.people import Cast
from webapp.database import Busy
from webapp.web import Problem, public

pytestmark = pytest.mark.own_app


@pytest.fixture
def breaking(app: Flask) -> Flask:
    @public
    def broken(kind: str) -> str:
        if kind == "busy":
            raise Busy
        if kind == "ours":
            raise RuntimeError("a secret of the insides")
        if kind == "problem":
            raise Problem(400, "wrong_shape", "It is not JSON.", [{"field": "ops", "message": "missing"}])
        abort(int(kind))

    app.add_url_rule("/test/<kind>", "broken", broken)
    app.add_url_rule("/push/<kind>", "broken_script", broken)
    app.testing = False
    return app


@pytest.mark.one_database
@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 503])
def test_an_error_page_says_what_to_do(breaking: Flask, cast: Cast, browser: Browser, status: int) -> None:
    answer = browser.get(f"/test/{status}")
    assert answer.status_code == status
    assert 'href="/help-now"' in answer.text


def test_our_own_fault_shows_nothing_of_the_insides(breaking: Flask, cast: Cast, browser: Browser) -> None:
    answer = browser.get("/test/ours")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_a_busy_database_says_when_to_come_back(breaking: Flask, cast: Cast, browser: Browser) -> None:
    for address in ("/test/busy", "/push/busy"):
        answer = browser.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.one_database
def test_scripts_get_one_shape(breaking: Flask, cast: Cast, browser: Browser) -> None:
    answer = browser.get("/push/problem")
    assert answer.status_code == 400
    assert answer.json == {
        "type": "wrong_shape",
        "title": "Bad Request",
        "detail": "It is not JSON.",
        "errors": [{"field": "ops", "message": "missing"}],
    }
    assert browser.get("/push/404").json["type"] == "not_found"  # type: ignore[index]
