"""The service worker: whole or not at all, anonymous pages without signal, no hand on what is sent, neutral notices."""

from __future__ import annotations

import socket

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone_pages import PhoneOf, Served, open_page, until_sent, until_worker, visit
from tests.harness.worker_events import WorkerEvents
from webapp.database import db
from webapp.people import Device
from webapp.pwa.version import asset_version


@pytest.fixture
def page(phone: BrowserContext, served: Served) -> Page:
    page = open_page(phone, served)
    until_worker(page)
    until_sent(page)
    return page


@pytest.fixture
def worker(page: Page, served: Served) -> WorkerEvents:
    return WorkerEvents(page, served.address)


def test_page_addresses_open_their_shell_without_signal(phone: BrowserContext, page: Page, served: Served) -> None:
    phone.set_offline(True)
    visit(page, served, "/outbox")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting on this phone")
    assert page.evaluate("document.documentElement.hasAttribute('data-shell')")
    visit(page, served, "/people/somebody")
    expect(page.get_by_role("heading", level=1)).to_have_text("No signal")


def test_a_server_that_connects_and_never_answers_opens_the_form_within_four_seconds(
    phone: BrowserContext, page: Page, served: Served
) -> None:
    served.stop()
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        silent.bind(("127.0.0.1", served.port))
        silent.listen()
        page.goto(served.address + "/outbox", timeout=10_000)
        assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStart") < 4_000
        expect(page.get_by_role("heading", level=1)).to_have_text("Waiting on this phone")


def test_a_gateway_in_trouble_opens_the_shell_but_our_own_error_is_shown(
    phone: BrowserContext, page: Page, served: Served
) -> None:
    served.fail_with = 502
    visit(page, served, "/phone-test")
    assert page.evaluate("document.documentElement.hasAttribute('data-shell')")
    served.fail_with = 500
    visit(page, served, "/phone-test")
    assert not page.evaluate("document.documentElement.hasAttribute('data-shell')")


def test_machines_are_never_answered_by_a_shell(phone: BrowserContext, page: Page, served: Served) -> None:
    phone.set_offline(True)
    for path in ("/sync/session", "/healthz", "/manifest.webmanifest", "/service-worker.js"):
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(served.address + path)


def test_nothing_personal_is_in_any_cache(phone: BrowserContext, page: Page, served: Served) -> None:
    visit(page, served, "/phone-test")
    kept = page.evaluate(
        """async () => { const found = {};
        for (const name of await caches.keys()) { const cache = await caches.open(name);
          for (const request of await cache.keys())
            found[new URL(request.url).pathname] = await (await cache.match(request)).text(); }
        return found; }"""
    )
    assert all(path.startswith(("/static/", "/shell/", "/help-now.json")) for path in kept)
    assert len([path for path in kept if path.startswith("/shell/")]) >= 4
    for path, text in kept.items():
        assert "Okafor" not in text, path
        assert "csrf_token" not in text or path.endswith(".js"), path


def test_a_form_body_passes_untouched(phone: BrowserContext, page: Page, served: Served) -> None:
    page.evaluate("customElements.whenDefined('offline-form')")
    words = "ñ & = % words"
    page.evaluate(
        """(words) => { const form = document.querySelector('form[action="/phone-test"]').cloneNode(true);
        form.querySelector('textarea').value = words; document.body.append(form);
        HTMLFormElement.prototype.submit.call(form); }""",
        words,
    )
    served.until_posted(1)
    assert served.last_words == words


def test_one_missing_file_leaves_no_half_install(phone_of: PhoneOf, served: Served) -> None:
    served.missing = "css/base.css"
    context = phone_of(served.cast.mary)
    page = open_page(context, served)
    page.evaluate(
        """window.until(async () => { const registration = await navigator.serviceWorker.getRegistration();
        return !registration?.installing && !registration?.waiting && !registration?.active; })"""
    )
    page.evaluate("window.until(async () => (await caches.keys()).length === 0)")
    page.fill("#words", "It works without a worker")
    page.click("#send")
    expect(page.locator("offline-form")).to_have_attribute("state", "sent")


def test_a_portal_that_answers_for_a_file_is_no_install(phone_of: PhoneOf, served: Served) -> None:
    served.portal = True
    context = phone_of(served.cast.mary)
    page = open_page(context, served)
    page.evaluate("window.until(async () => (await navigator.serviceWorker.getRegistration()) === undefined)")
    assert page.evaluate("caches.keys()") == []


def test_a_new_version_waits_for_a_tap_and_takes_over_when_nothing_is_typed(
    phone: BrowserContext, page: Page, served: Served
) -> None:
    served.release = "next"
    page.fill("#words", "In the middle of a thought")
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    notice = page.locator("update-ready")
    expect(notice).to_be_visible()
    notice.get_by_role("button").click()
    expect(page.locator("#words")).to_have_value("In the middle of a thought")
    assert page.evaluate("navigator.serviceWorker.controller.state") == "activated"
    page.click("#send")
    expect(page.locator("offline-form")).to_have_attribute("state", "sent")
    with page.expect_navigation():
        notice.get_by_role("button").click()
    expect(page.locator("update-ready")).to_be_hidden()


def test_a_push_for_her_shows_its_neutral_words(
    phone: BrowserContext, page: Page, worker: WorkerEvents, served: Served
) -> None:
    phone.grant_permissions(["notifications"], origin=served.address)
    notification = {"title": "St Mary's", "body": "A note for you.", "tag": "note", "lang": "en", "navigate": "/"}
    worker.push({"web_push": 8030, "notification": notification, "recipient": tag_of(served)})
    [shown] = worker.notices()
    assert shown == {
        "title": "St Mary's",
        "body": "A note for you.",
        "tag": "note",
        "lang": "en",
        "opens": served.address + "/",
    }


def test_a_push_for_somebody_else_says_only_that_all_is_up_to_date(
    phone: BrowserContext, page: Page, worker: WorkerEvents, served: Served
) -> None:
    phone.grant_permissions(["notifications"], origin=served.address)
    notification = {"title": "Secret title", "body": "Secret words", "tag": "note", "navigate": "/secret"}
    worker.push({"notification": notification, "recipient": "somebody-else"})
    [shown] = worker.notices()
    assert (shown["title"], shown["body"]) == ("Friendtor", "Friendtor is up to date")
    assert "ecret" not in str(shown)


@pytest.mark.parametrize(
    "payload",
    [
        "not json",
        "null",
        "[]",
        '"text"',
        '{"notification": null}',
        '{"notification": {"title": 5, "navigate": "https://evil.example/"}}',
    ],
)
def test_a_broken_push_still_shows_something_harmless(
    phone: BrowserContext, page: Page, worker: WorkerEvents, served: Served, payload: str
) -> None:
    phone.grant_permissions(["notifications"], origin=served.address)
    worker.push(payload)
    [shown] = worker.notices()
    assert shown["title"] == "Friendtor"
    assert shown["opens"] == served.address + "/"


def test_a_push_wakes_the_outbox_too(phone: BrowserContext, page: Page, served: Served) -> None:
    phone.grant_permissions(["notifications"], origin=served.address)
    served.stop()
    page.fill("#words", "Waiting for a push")
    page.click("#send")
    expect(page.locator("offline-form [data-status]")).to_contain_text("Saved on this phone.")
    other = phone.new_page()
    other.goto("about:blank")
    worker = WorkerEvents(other, served.address)
    page.close()
    served.start()
    worker.push("{}")
    served.until_in_ledger(served.cast.mary, 1)


def test_background_sync_delivers_with_the_page_closed(phone: BrowserContext, page: Page, served: Served) -> None:
    served.stop()
    page.fill("#words", "Waiting for signal")
    page.click("#send")
    expect(page.locator("offline-form [data-status]")).to_contain_text("Saved on this phone.")
    other = phone.new_page()
    other.goto("about:blank")
    worker = WorkerEvents(other, served.address)
    page.close()
    served.start()
    worker.sync("outbox")
    served.until_in_ledger(served.cast.mary, 1)


def test_the_worker_is_two_lines_that_name_the_version(served: Served) -> None:
    answer = served.app.test_client().get("/service-worker.js", base_url=served.address)
    assert len(answer.text.splitlines()) == 2
    assert asset_version() in answer.text


def tag_of(served: Served) -> str:
    with served.app.app_context():
        [device] = db.session.query(Device).filter_by(person_id=served.cast.mary)
        return str(device.owner_tag)
