"""axe on a page, as people see it: light or dark, large text, narrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")  # what another light may change


def barriers(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    """What axe finds on the page, each with the elements concerned."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    with _all_in_view(page):
        found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n      "
        + "\n      ".join(
            f"{node['target'][0]}  {node['failureSummary'].splitlines()[-1].strip()}" for node in rule["nodes"][:4]
        )
        for rule in found["violations"]
    ]


@contextmanager
def _all_in_view(page: Page) -> Iterator[None]:
    """What the bar at the bottom covers can be scrolled to, which axe does not try."""
    usual = page.viewport_size
    assert usual is not None
    tall = page.evaluate("document.documentElement.scrollHeight") + usual["height"]
    page.set_viewport_size({"width": usual["width"], "height": tall})
    yield
    page.set_viewport_size(usual)
