"""A hospital whose processes are killed, and the push service that its worker speaks with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.push_service import PushService


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running
