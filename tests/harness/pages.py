"""What people do on the pages, in as few words as the stories need. Forms say how far they are by their `state`."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.harness.device import Device, until_it_has_its_scripts
from tests.harness.store import KNOWS_ITS_OWNER

FACES = {"very hard": 1, "hard": 2, "all right": 3, "good": 4, "very good": 5}
CHECK_IN = 'offline-form[name="checkin"]'
SAVED = re.compile("saved|sent")
SENT_WITHIN = 30_000


def check_in(device: Device, words: str = "", face: str = "good", keep: bool = False) -> Page:
    """Open the check-in page, fill it in and save it."""
    page = device.go("/check-in")
    fill_in_check_in(page, words, face)
    save_check_in(page, keep)
    return page


def fill_in_check_in(page: Page, words: str = "", face: str = "good") -> None:
    expect(page.locator(CHECK_IN)).to_have_attribute("state", "clean")
    until_it_has_its_scripts(page)
    page.locator(f"label:has(#face-{FACES[face]})").click()
    if words:
        page.locator("#words").fill(words)


def save_check_in(page: Page, keep: bool = False) -> None:
    page.locator(f'{CHECK_IN} button[name="audience"][value="{"self" if keep else "mentor"}"]').click()


def until_saved(page: Page) -> None:
    """The form has said "Saved on this phone", or more."""
    expect(form(page)).to_have_attribute("state", SAVED)


def until_sent(page: Page) -> None:
    """The form has said "Sent"."""
    expect(form(page)).to_have_attribute("state", "sent", timeout=SENT_WITHIN)


def form(page: Page) -> Locator:
    return page.locator(CHECK_IN)


def signal_comes_back(page: Page) -> None:
    """The browser tells the page that there may be signal, as phones do."""
    page.evaluate("dispatchEvent(new Event('online'))")


def sign_in_again(page: Page, email: str, password: str) -> None:
    """In the page's own dialog, with everything typed still there."""
    page.locator("session-guard [data-open]").click()
    page.locator("#again-email").fill(email)
    page.locator("#again-password").fill(password)
    page.locator("session-guard dialog .button--primary").click()


def sign_out(device: Device) -> None:
    """By the button on the settings page, with or without signal."""
    page = device.page
    with page.expect_navigation():
        page.locator("sign-out button").first.click()


def press(page: Page, words: str) -> None:
    """Send a form that asks the server, and wait for the page that answers: leaving earlier would leave it unsent."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=words).click()


def follow(page: Page, words: str) -> None:
    """Go where a link leads, and wait for that page: looking earlier would look at the old one."""
    link = page.get_by_role("main").get_by_role("link", name=words).first
    with page.expect_navigation():
        link.click()


def wait_until_known(device: Device) -> None:
    """Until the phone knows who is signed in, may write, and keeps its pages for later."""
    device.wait_for_worker()
    device.page.wait_for_function(KNOWS_ITS_OWNER)
