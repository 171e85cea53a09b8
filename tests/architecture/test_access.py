"""Every page is for somebody: signed in, for a role, or on the reviewed list of what anybody may open."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.client import Browser
from tests.people import Cast
from webapp.web import public

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
OPEN_TO_ANYBODY: dict[str, str] = {
    "watch.healthz": "machines ask; it tells nothing of anybody",
    "security_txt.security_txt": "whom to tell of a weakness; found where the organisation has said it",
    "home.today": "Today for whoever is signed in, the welcome page for everybody else",
    "people.sign_in": "the door",
    "people.enter": "the door",
    "people.enter_with_code": "needs the ticket that the password gave, and a code",
    "people.enter_demo": "invented people only, on one's own machine only",
    "people.sign_out": "ends what is there, if anything is",
    "people.forgotten": "asks for a link to a new password, whoever it is for",
    "people.send_reset_link": "says the same whether somebody is found or not",
    "people.follow_reset_link": "needs the link",
    "people.choose_new_password": "needs the link",
    "people.finish_reset": "needs the link",
    "people.follow_invitation": "needs the link",
    "people.type_code": "asks for the code of an invitation",
    "people.send_code": "needs the code",
    "people.choose_first_password": "needs the link or the code",
    "people.finish_joining": "needs the link or the code",
    "people.type_phone_code": "asks for the code of 'Continue on my phone'",
    "people.enter_phone_code": "needs the code",
    "people.follow_phone_link": "needs the link",
    "people.enter_by_phone_link": "needs the link",
    "programmes.ask": "whoever has no account yet asks to take part; it says nothing of anybody",
    "programmes.ask_from_poster": "the same, with the code of a poster; it names the programme on that poster",
    "programmes.answer": "a form for a code, the same for everybody",
    "programmes.look_at_answer": "counted and slowed; yes, no or nothing to whoever holds the code; it names nobody",
    "programmes.send_request": "counted and slowed; the answer is the same whoever asks",
    "setup.ask": "while there is nobody; afterwards it is not found",
    "setup.begin": "needs the code in the terminal",
    "safety.help_now": "help is one tap away for anybody",
    "safety.help_now_json": "the same, as phones keep it",
    "pwa.static": "files for everybody, under a version",
    "pwa.shell": "rendered for nobody",
    "pwa.service_worker": "two generated lines",
    "pwa.manifest": "the app's name and icons",
    "pwa.install": "how to install, for anybody",
}
KEPT_BY_BROWSERS = {
    "safety.help_now_json": "the same for everybody, and needed without signal",
    "pwa.service_worker": "asked for anew each time (no-cache), the same for everybody",
    "pwa.manifest": "the app's name and icons",
}


@SQLITE
def test_only_reviewed_views_are_open_to_anybody(app: Flask) -> None:
    assert open_views(app) == set(OPEN_TO_ANYBODY)


@SQLITE
def test_a_view_opened_without_review_is_seen(app: Flask) -> None:
    before = open_views(app)
    app.view_functions["journal.leak"] = public(lambda: "")
    assert open_views(app) - before == {"journal.leak"}


@SQLITE
def test_nobody_signed_in_gets_no_page(app: Flask, cast: Cast) -> None:
    browser = Browser(app)
    opened = [
        path
        for endpoint, path in plain_addresses(app)
        if endpoint not in OPEN_TO_ANYBODY and not asks_to_sign_in(browser, path)
    ]
    assert not opened, f"these opened without a sign-in: {opened}"


@SQLITE
def test_personal_pages_are_kept_nowhere(app: Flask, cast: Cast) -> None:
    kept = []
    for person in (cast.mary, cast.ana, cast.carol, cast.admin):
        browser = Browser(app).sign_in(person)
        for endpoint, path in plain_addresses(app):
            answer = browser.get(path)
            if "no-store" not in answer.headers["Cache-Control"] and endpoint not in KEPT_BY_BROWSERS:
                kept.append(path)
    assert not kept, f"these may be kept by a browser: {sorted(set(kept))}"


@SQLITE
@pytest.mark.own_app
def test_a_page_that_may_be_kept_is_seen(app: Flask, cast: Cast) -> None:
    def kept() -> tuple[dict[str, str], dict[str, str]]:
        return {}, {"Cache-Control": "max-age=60"}

    app.add_url_rule("/kept", "kept", public(kept))
    assert "no-store" not in Browser(app).get("/kept").headers["Cache-Control"]


@SQLITE
def test_a_strangers_role_opens_nothing_of_the_coordinators(app: Flask, cast: Cast) -> None:
    browser = Browser(app).sign_in(cast.charlie)
    for endpoint, path in plain_addresses(app):
        answer = browser.get(path)
        assert answer.status_code not in (500, 502), f"{path} fell over"
        for name in ("Mary Okafor", "Ana Ruiz"):
            assert name not in answer.text, f"{endpoint} shows a stranger {name}"


def asks_to_sign_in(browser: Browser, path: str) -> bool:
    answer = browser.client.get(path)
    return answer.status_code in (302, 303, 401, 404)


def open_views(app: Flask) -> set[str]:
    return {name for name, view in app.view_functions.items() if getattr(view, "is_public", False)}


def plain_addresses(app: Flask) -> list[tuple[str, str]]:
    """(endpoint, address) of everything that can be opened without knowing an id."""
    return sorted(
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    )
