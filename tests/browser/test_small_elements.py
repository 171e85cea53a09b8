"""What a page does by itself: signs out of a shared device, goes dim, helps onto the home screen."""

from __future__ import annotations

from playwright.sync_api import BrowserContext as Context
from playwright.sync_api import expect

from tests.browser.phone_pages import PhoneOf, Served, open_page, until_sent, until_worker, visit, waiting
from webapp.database import uuid7

CAN_INSTALL = """() => dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
  prompt: () => document.body.setAttribute("data-asked", ""),
}))"""
WORDS = "A long night."


def test_a_shared_device_asks_and_then_signs_out(phone_of: PhoneOf, served: Served) -> None:
    ward = phone_of(served.cast.mary, kind="shared")
    ward.clock.install()
    page = open_page(ward, served, "/journal")
    until_sent(page)
    question = page.get_by_role("dialog", name="Are you still here?")
    page.clock.fast_forward("09:10")
    expect(question).to_be_visible()
    page.get_by_role("button", name="I am here").click()
    expect(question).to_be_hidden()
    page.clock.fast_forward("08:50")
    expect(question).to_be_hidden()
    page.get_by_label("Your words").fill(WORDS)
    page.clock.fast_forward("10:05")
    expect(page.get_by_role("heading", name="A mentor on your side")).to_be_visible()
    assert not [cookie for cookie in ward.cookies() if cookie["name"].endswith("here")]
    assert WORDS not in page.content()
    ward.close()


def test_ones_own_phone_is_never_locked(phone: Context, served: Served) -> None:
    phone.clock.install()
    page = open_page(phone, served, "/journal")
    until_sent(page)
    page.clock.fast_forward("30:00")
    expect(page.get_by_role("dialog", name="Are you still here?")).to_be_hidden()
    expect(page.get_by_role("heading", name="Journal", exact=True)).to_be_visible()


def test_dim_is_remembered_on_this_device(phone: Context, served: Served) -> None:
    page = open_page(phone, served, "/settings")
    switch = page.get_by_role("button", name="Dim the pages")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    visit(page, served, "/help-now")
    expect(page.locator("html[data-dim]")).to_be_attached()
    visit(page, served, "/settings")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    page.reload()
    expect(page.locator("html[data-dim]")).to_have_count(0)


def test_what_waits_is_sent_before_the_app_goes_on_the_home_screen(phone: Context, served: Served) -> None:
    page = open_page(phone, served, "/install")
    until_worker(page)
    until_sent(page)
    offer, first = page.get_by_role("button", name="Put it on the home screen"), page.get_by_text("Send it first")
    expect(offer).to_be_hidden()
    page.evaluate(CAN_INSTALL)
    expect(offer).to_be_visible()
    served.stop()
    body = {"prompt": None, "body": {"scheme": "plain", "text": WORDS}}
    page.evaluate(
        "(what) => window.saveOp(what)", {"kind": "entry", "action": "write", "entity": str(uuid7()), "fields": body}
    )
    expect(first).to_be_visible()
    expect(offer).to_be_hidden()
    served.start()
    until_sent(page)
    expect(first).to_be_hidden()
    offer.click()
    expect(page.locator("body[data-asked]")).to_be_attached()
    assert waiting(page) == 0
