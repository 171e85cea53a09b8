"""Rotating a key as whoever looks after the installation does it."""

from __future__ import annotations

from flask import Flask

from tests.harness.waiting import until
from webapp.sealing import current_keys
from webapp.upkeep import rotate_keys


def rotate(app: Flask, kind: str) -> str:
    """As another process does it, and waited for until this one has noticed."""
    before = newest(kind)
    result = app.test_cli_runner().invoke(rotate_keys, [kind])
    assert result.exit_code == 0, result.output
    until(lambda: newest(kind) != before, "the new key's being noticed")
    return result.output


def newest(kind: str) -> str:
    ring = current_keys()
    return max(ring.pairs[kind] if kind in ring.pairs else ring.secrets[kind])
