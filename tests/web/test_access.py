"""Who may open a page, and from where."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.client import Browser
from tests.people import Cast
from webapp.people import current_person
from webapp.web import needs_role, public

pytestmark = pytest.mark.own_app


@pytest.fixture
def doors(app: Flask) -> Flask:
    """Three doors: open to all, to people signed in, to coordinators."""
    plain = {"Content-Type": "text/plain"}
    app.add_url_rule("/test/open", "open", public(lambda: ("open", plain)), methods=["GET", "POST"])
    app.add_url_rule("/test/mine", "mine", lambda: (current_person().name, plain))
    app.add_url_rule("/test/desk", "desk", needs_role("coordinator")(lambda: ("desk", plain)))
    app.add_url_rule("/push/test", "script", lambda: {"ok": True}, methods=["POST"])
    return app


def test_a_page_asks_nobody_in_particular_to_sign_in(doors: Flask, cast: Cast, browser: Browser) -> None:
    answer = browser.get("/test/mine")
    assert answer.status_code in (302, 303)
    assert answer.location.startswith("/sign-in")


def test_a_page_knows_who_is_signed_in(doors: Flask, cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.mary).get("/test/mine").text == "Mary Okafor"


def test_a_coordinators_page_is_not_there_for_others(doors: Flask, cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.mary).get("/test/desk").status_code == 404
    assert Browser(doors).sign_in(cast.carol).get("/test/desk").text == "desk"


def test_a_script_is_told_in_json_that_nobody_is_signed_in(doors: Flask, cast: Cast, browser: Browser) -> None:
    answer = browser.post("/push/test")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.json is not None
    assert answer.json["type"] == "signed_out"


@pytest.mark.one_database
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_website_cannot_post_here(doors: Flask, cast: Cast, browser: Browser, headers: dict[str, str]) -> None:
    assert browser.client.post("/test/open", headers=headers).status_code == 403


def test_a_script_must_say_where_it_comes_from(doors: Flask, cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    assert browser.client.post("/push/test").status_code == 403
    assert browser.client.post("/push/test", headers={"Origin": "http://localhost"}).status_code == 200


def test_another_host_is_told_the_right_address(doors: Flask, cast: Cast, browser: Browser) -> None:
    answer = browser.client.get("/test/open", headers={"Host": "10.0.0.7:8000"})
    assert answer.status_code == 421
    assert "http://localhost" in answer.text


def test_every_answer_forbids_what_is_not_ours_and_is_kept_nowhere(doors: Flask, cast: Cast, browser: Browser) -> None:
    headers = browser.get("/test/open").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
