"""Links are built from PUBLIC_URL: no header of a request, true or made up, decides where they lead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from tests.client import Browser
from tests.page_linter import forms_of
from tests.people import Cast
from tests.people_room.conftest import letters, sign_in
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db
from webapp.mail import MemoryPost

LIES = (
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "443"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-Host": "evil.example", "X-Host": "evil.example"},
)


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_a_made_up_host_is_in_no_letter(browser: Browser, cast: Cast, post: MemoryPost, lie: dict[str, str]) -> None:
    assert ask_for_a_link(browser, lie) == 200
    assert "http://localhost/reset/" in letters()[-1].text
    assert "evil" not in letters()[-1].text


def test_a_request_to_another_host_gets_no_letter_at_all(browser: Browser, cast: Cast, post: MemoryPost) -> None:
    assert ask_for_a_link(browser, {"Host": "evil.example"}) == 421
    assert letters() == []


def test_behind_a_proxy_a_made_up_host_is_refused(settings: Settings, app: Flask, cast: Cast, post: MemoryPost) -> None:
    behind = create_app(replace(settings, trusted_proxies=1))
    behind.extensions["clock"], behind.extensions["post"] = app.extensions["clock"], post
    with behind.app_context():
        assert ask_for_a_link(Browser(behind), {"X-Forwarded-Host": "evil.example"}) == 421
        assert letters() == []
        db.session.remove()
        db.engine.dispose()


def test_a_handed_over_link_leads_here_too(browser: Browser, cast: Cast) -> None:
    sign_in(browser, "ada@example.org")
    path = f"/people/{cast.mary}"
    form = next(form for form in forms_of(browser.get(path).text) if form.action == f"{path}/reset")
    headers = {"Origin": "http://localhost", "X-Forwarded-Host": "evil.example"}
    card = browser.client.post(form.action, data=form.values, headers=headers).text
    assert "http://localhost/reset/" in card
    assert "evil" not in card


def ask_for_a_link(browser: Browser, lie: dict[str, str]) -> int:
    form = next(form for form in forms_of(browser.get("/reset").text) if form.action == "/reset")
    data = form.values | {"identifier": "mary@example.org"}
    return browser.client.post("/reset", data=data, headers={"Origin": "http://localhost", **lie}).status_code
