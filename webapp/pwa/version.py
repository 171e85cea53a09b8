"""The version of everything a phone keeps: one hash over the files it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static"
WORKER = ROOT / "service_worker"
SOURCES = (STATIC, WORKER, ROOT / "templates", ROOT / "webapp" / "translations", ROOT / "webapp" / "pwa")
NOT_MADE_OF = frozenset({".pyc", ".po", ".pot", ".md"})


@cache
def asset_version() -> str:
    """Twelve characters that change when anything a phone keeps has changed."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in files_below(folder):
            digest.update(f"{path.relative_to(ROOT)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def files_below(folder: Path) -> Iterator[Path]:
    """The files that count, in one order on every machine."""
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in NOT_MADE_OF:
                yield path
