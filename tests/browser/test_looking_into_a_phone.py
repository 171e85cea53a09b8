"""What the stories look at must not change what they see."""

from __future__ import annotations

from tests.harness.fixtures import NewDevice
from tests.harness.store import KNOWS_ITS_OWNER, ROWS_OF


def test_looking_for_stores_before_there_are_any_neither_makes_them_nor_waits(new_device: NewDevice) -> None:
    """A database made by the look would have no stores, and the page's own opening would wait for its connection."""
    page = new_device().go("/healthz")
    assert page.evaluate(f"({KNOWS_ITS_OWNER})()") is False
    assert page.evaluate(ROWS_OF, ["outbox"]) == []
    assert page.evaluate("indexedDB.databases()") == []
