"""The one-time code: printed in the terminal, its hash in the data folder until the set-up is done."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from webapp.config import current_settings
from webapp.people import CODE_LETTERS, spaced_code, tidy_code
from webapp.setup.actions import is_needed

LETTERS = 12


def fresh_code() -> str | None:
    """A code to print, which replaces the one before; None once there is somebody."""
    if not is_needed():
        return None
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(LETTERS))
    handle = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(_hash(code))
    return spaced_code(code)


def is_code(typed: str) -> bool:
    """Whether this is the code in the terminal."""
    path = _path()
    return path.exists() and hmac.compare_digest(path.read_text(), _hash(typed))


def forget_code() -> None:
    """It opens nothing any more."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return current_settings().data_dir / "set-up.code"


def _hash(code: str) -> str:
    return hashlib.sha256(tidy_code(code).encode()).hexdigest()
