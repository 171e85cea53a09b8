"""A form on a phone: kept before it says so, sent when there is signal, once."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.browser.phone_pages import Served, open_page, until_worker
from tests.browser.phone_pages import browser_program, phone, playwright, served  # noqa: F401  fixtures

WORDS = "Could we talk about the night handover?"


def test_a_note_is_saved_on_the_phone_and_then_sent(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    page.fill("#words", WORDS)
    page.click("#send")
    expect(page.locator("offline-form")).to_have_attribute("state", "sent")
    expect(page.locator("[data-status]")).to_contain_text("Sent.")
    assert served.ledger(served.cast.mary) == [("note", "write", "applied")]
    assert served.posted == 0
