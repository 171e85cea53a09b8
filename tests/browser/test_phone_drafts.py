"""What is being typed: given back to its author in that very form, and to nobody else."""

from __future__ import annotations

import threading
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.phone_pages import PhoneOf, Served, open_page, until_sent, until_worker, visit
from tests.harness.device import Device
from tests.harness.pages import SAVED

WORDS = "She told me that the first year is the hardest"


def until_kept(page: Page, store: str = "drafts") -> None:
    page.evaluate(f"window.until(async () => (await window.storedNow(['{store}'])).length > 0)")


def send(page: Page) -> None:
    """Until the phone has it: what waits is not there before."""
    page.click("#send")
    expect(page.locator("offline-form")).to_have_attribute("state", SAVED)


def leave_what_is_typed(context: BrowserContext, served: Served) -> None:
    """She types and signs out: the words go sealed, for the server alone."""
    page = open_page(context, served)
    until_sent(page)
    page.fill("#words", WORDS)
    until_kept(page)
    page.click("#sign-out")
    page.wait_for_url(served.address + "/")


def is_given_back(page: Page, words: str = WORDS) -> None:
    expect(page.locator("#words")).to_have_value(words)
    expect(page.locator("offline-form [data-status]")).to_contain_text("This is what you had typed.")


def test_a_reload_gives_back_what_was_typed(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.fill("#words", WORDS)
    until_kept(page)
    page.reload()
    is_given_back(page)


def test_a_page_that_goes_at_once_loses_nothing(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.type("#words", WORDS)
    visit(page, served, "/outbox")
    visit(page, served, "/phone-test")
    is_given_back(page)


def test_a_saved_form_leaves_no_ghost(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.fill("#words", WORDS)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.evaluate("document.documentElement.hidden = false")
    until_kept(page)
    send(page)
    until_sent(page)
    assert served.stored(page, ("drafts",)) == []
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    until_sent(page)
    expect(page.locator("#words")).to_have_value("")


def test_starting_again_throws_the_draft_away(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.fill("#words", WORDS)
    until_kept(page)
    page.reload()
    is_given_back(page)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#words")).to_have_value("")
    assert served.stored(page, ("drafts",)) == []


def test_a_draft_is_sealed_in_every_place(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.fill("#words", WORDS)
    until_kept(page)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    kept = str(served.stored(page, ("drafts", "meta"))) + page.evaluate("JSON.stringify({...localStorage})")
    assert "hardest" not in kept


def test_two_pages_that_write_the_same_form_lose_neither_text(phone: BrowserContext, served: Served) -> None:
    one, other = open_page(phone, served), open_page(phone, served)
    until_sent(one)
    until_sent(other)
    one.fill("#words", "The first text")
    until_kept(one)
    other.fill("#words", "The second text")
    other.evaluate("window.until(async () => (await window.storedNow(['drafts'])).length === 2)")
    one.close()
    other.reload()
    shown = other.locator("#words")
    expect(shown).to_have_value("The second text")
    expect(other.locator("offline-form [data-status]")).to_contain_text("The first text")
    other.get_by_role("button", name="Use it").click()
    expect(shown).to_have_value("The first text")


def test_nobody_else_is_given_a_draft(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served)
    until_sent(page)
    page.fill("#words", WORDS)
    until_kept(page)
    page.close()
    served.sign_in(phone, served.cast.ana)
    other = open_page(phone, served)
    until_sent(other)
    expect(other.locator("#words")).to_have_value("")
    assert served.stored(other, ("drafts",)) == []
    assert WORDS not in other.content()


def test_a_draft_of_somebody_who_left_comes_back_to_her_through_the_server(
    phone: BrowserContext, served: Served
) -> None:
    leave_what_is_typed(phone, served)
    served.sign_in(phone, served.cast.mary)
    until_sent(open_page(phone, served, "/outbox"))
    again = open_page(phone, served)
    is_given_back(again)


def test_what_comes_through_the_server_after_the_page_is_given_back_to_an_untouched_form(
    phone: BrowserContext, served: Served
) -> None:
    leave_what_is_typed(phone, served)
    served.sign_in(phone, served.cast.mary)
    served.feed_passes = threading.Event()
    again = open_page(phone, served)
    again.evaluate("window.until(async () => (await window.waitingNow()) === 0)")
    expect(again.locator("#words")).to_have_value("")
    served.feed_passes.set()
    is_given_back(again)


def test_two_texts_of_one_form_both_come_back_through_the_server(phone: BrowserContext, served: Served) -> None:
    one, other = open_page(phone, served), open_page(phone, served)
    until_sent(one)
    until_sent(other)
    one.fill("#words", "The first text")
    until_kept(one)
    other.fill("#words", "The second text")
    other.evaluate("window.until(async () => (await window.storedNow(['drafts'])).length === 2)")
    one.close()
    other.click("#sign-out")
    other.wait_for_url(served.address + "/")
    served.sign_in(phone, served.cast.mary)
    until_sent(open_page(phone, served, "/outbox"))
    again = open_page(phone, served)
    is_given_back(again, "The second text")
    again.get_by_role("button", name="Use it").click()
    expect(again.locator("#words")).to_have_value("The first text")
    send(again)
    until_sent(again)
    again.reload()
    is_given_back(again, "The second text")
    send(again)
    until_sent(again)
    again.reload()
    until_sent(again)
    expect(again.locator("#words")).to_have_value("")


def test_on_a_shared_device_the_draft_is_an_op_sealed_to_the_server(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary, kind="shared")
    page = open_page(context, served)
    until_sent(page)
    context.set_offline(True)
    page.fill("#words", "An earlier text")
    until_kept(page, "outbox")
    page.fill("#words", WORDS)
    page.evaluate("window.settleDrafts()")
    [row] = served.stored(page, ("outbox",))
    assert "hardest" not in str(row)
    assert served.stored(page, ("mirror", "drafts")) == []
    context.set_offline(False)
    until_sent(page)
    page.evaluate("window.until(async () => (await window.storedNow(['outbox'])).length === 0)")
    page.reload()
    is_given_back(page)
    send(page)
    until_sent(page)
    page.evaluate("window.until(async () => (await window.storedNow(['outbox'])).length === 0)")
    page.reload()
    until_sent(page)
    expect(page.locator("#words")).to_have_value("")
    assert ("draft", "drop", "applied") in served.ledger(served.cast.mary)


def test_the_battery_may_die_after_saved_and_while_typing(
    playwright: Playwright, served: Served, tmp_path: Path
) -> None:
    device = Device(playwright, tmp_path / "profile", served.address).open()
    served.sign_in(device.context, served.cast.mary)
    device.reopen()  # Chromium writes cookies to disk when it closes, or after half a minute
    page = open_page(device.context, served)
    until_worker(page)
    until_sent(page)
    device.offline()
    page.fill("#words", "Saved before the battery died")
    page.click("#send")
    expect(page.locator("offline-form [data-status]")).to_contain_text("Saved on this phone.")
    page.fill("#words", WORDS)
    until_kept(page)
    page.evaluate("window.until(async () => (await window.storedNow(['drafts'])).length === 1)")
    device.kill()
    device.open()
    page = open_page(device.context, served, "/outbox")
    expect(page.locator("[data-group=waiting] li")).to_have_count(1)
    expect(page.locator("[data-group=waiting] li")).to_contain_text("Saved before the battery died")
    device.online()
    until_sent(page)
    assert served.ledger(served.cast.mary) == [("note", "write", "applied")]
    visit(page, served, "/phone-test")
    is_given_back(page)
    device.close()
