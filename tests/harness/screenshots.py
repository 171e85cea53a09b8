"""Pictures of the main pages, for the docs: a phone of 360 x 740 in light and dark, and the coordinator's desk."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.harness.device import ARGUMENTS
from tests.harness.tools import chromium

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
OF_THE_MENTEE = {
    "today": "/",
    "check-in": "/check-in?face=2",
    "check-ins": "/check-ins",
    "journal": "/journal",
    "feedback": "/feedback",
    "outbox": "/outbox",
    "help-now": "/help-now",
    "devices": "/devices",
}
OF_THE_MENTOR = {"today-mentor": "/"}
OF_THE_COORDINATOR = {"programme": "/programme"}


def main(address: str) -> None:
    """Draw every picture from a demonstration that runs at `address`."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for scheme in ("light", "dark"):
            draw(browser, address, "Mary Okafor", OF_THE_MENTEE, scheme)
            draw(browser, address, "Ana Ruiz", OF_THE_MENTOR, scheme)
        draw(browser, address, "Carol Mensah", OF_THE_COORDINATOR, "light", DESK)
        browser.close()


def draw(
    browser: Browser, address: str, name: str, pages: dict[str, str], scheme: str, size: dict[str, int] = PHONE
) -> None:
    """Sign in as one of the demonstration's people and draw these pages."""
    options = {"viewport": size, "device_scale_factor": 2, "color_scheme": scheme, "locale": "en-GB"}
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(f"{address}/")
    for picture, path in pages.items():
        page.goto(address + path)
        when_quiet(page)
        page.screenshot(path=FOLDER / f"{picture}-{scheme}.png")
    context.close()


def when_quiet(page: Page) -> None:
    """Until the page has loaded what it wants and its elements have drawn themselves."""
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(sys.argv[1])
