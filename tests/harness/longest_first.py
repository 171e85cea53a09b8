"""Tests marked `long` begin first: the last one to end holds everybody, so it must not be the last to begin.

Two processes share the tests, each its own half to begin with (`--dist worksteal`), so each half begins with its share
of the long ones.
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    first, second = long[::2], long[1::2]
    room = (len(items) + 1) // 2 - len(first)
    items[:] = first + others[:room] + second + others[room:]
