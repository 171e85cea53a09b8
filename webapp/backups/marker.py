"""A restore that was not finished keeps everything else from starting: until then revoked people could come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from webapp.config import BadSettings, Settings


def refuse_half_a_restore(settings: Settings) -> None:
    """Raise `BadSettings` while a restore has begun and not ended."""
    if is_half_restored(settings) and not settings.restoring:
        raise BadSettings("Run the restore again: the last one was not finished, and nothing starts before it is.")


def is_half_restored(settings: Settings) -> bool:
    """Whether a restore has begun and not ended."""
    return _marker(settings).exists()


@contextmanager
def under_the_marker(settings: Settings) -> Iterator[None]:
    """Begin a restore; the marker goes only when all of it worked."""
    _marker(settings).touch(mode=0o600)
    yield
    _marker(settings).unlink()


def _marker(settings: Settings) -> Path:
    return settings.data_dir / "restoring"
