"""axe on a page, as people see it: light or dark, large text, narrow."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")  # what another light may change


def barriers(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    """What axe finds on the page, each with the elements concerned."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n      "
        + "\n      ".join(
            f"{node['target'][0]}  {node['failureSummary'].splitlines()[-1].strip()}" for node in rule["nodes"][:4]
        )
        for rule in found["violations"]
    ]
