"""The pages by keyboard alone, on a narrow screen: what has the focus is seen, in order, and nothing traps it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone_pages import PhoneOf, Served, open_page

WALKS = {
    "mary": ["/", "/check-in", "/journal", "/feedback", "/settings", "/help-now"],
    "ana": ["/", "/talks"],
    "carol": ["/", "/programme", "/programme/pairs/new", "/help-now/contacts/new"],
    "admin": ["/people", "/people/invite", "/devices"],
}
MOST = 150
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const shown = at.matches(".chip input, .faces__option input") ? at.nextElementSibling : at;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 48) / 2);
  const before = window.before;
  window.before = at;
  window.first ??= at;
  return {
    what: at.outerHTML.slice(0, 140),
    again: before !== undefined && at === window.first,
    back: Boolean(before?.isConnected && before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: top !== null && (shown.contains(top) || at.contains(top) || top === at || top.contains(shown)),
  };
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Tab from the top until the focus leaves the page: what had it, in turn."""
    steps: list[dict[str, Any]] = []
    while len(steps) < MOST:
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS)
        if step is None or step["again"]:
            return steps
        steps.append(step)
    raise AssertionError(f"the focus never left the page: {steps[-1]['what']}")


def faults(path: str, steps: list[dict[str, Any]]) -> list[str]:
    said = [f"{path}: no outline on {step['what']}" for step in steps if not step["outlined"]]
    said += [f"{path}: covered is {step['what']}" for step in steps if not step["seen"]]
    return said + [f"{path}: back to {step['what']}" for step in steps if step["back"]]


@pytest.mark.parametrize("who", WALKS)
def test_each_step_is_seen_and_none_is_a_trap(who: str, phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(getattr(served.cast, who))
    found = []
    for path in WALKS[who]:
        page = open_page(context, served, path)
        steps = walk(page)
        assert len(steps) > 5, f"{path}: only {len(steps)} stops"
        found += faults(path, steps)
        page.close()
    assert not found, "\n".join(found)


def test_a_checkin_is_sent_by_keyboard_alone(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary)
    page = open_page(context, served, "/check-in?face=2")
    page.locator("#face-2").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#face-3")).to_be_checked()
    page.keyboard.press("Backspace")
    expect(page.locator("[name=face]:checked")).to_have_count(0)
    page.keyboard.press("Space")
    page.locator("button[value=mentor]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form#checkin [data-status]")).to_contain_text("Sent.")
    expect(page.locator("[data-done]")).to_be_focused()


def test_after_a_mistake_the_focus_is_on_what_went_wrong(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.carol)
    page = open_page(context, served, "/help-now/contacts/new")
    page.get_by_label("Name", exact=True).fill("Staff crisis line")
    page.get_by_label("Number", exact=True).fill("nobody knows")
    page.get_by_role("button", name="Save").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Number", exact=True)).to_be_focused()
