"""Words are the same on any database: these tests run on one."""

from __future__ import annotations

import pytest


@pytest.fixture
def database_kind() -> str:
    return "sqlite"
