"""The words in other languages: compiled when the app starts, so that nobody has to remember it."""

from __future__ import annotations

import fcntl
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from webapp.config import BadSettings

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def compile_catalogues(folder: Path = TRANSLATIONS) -> None:
    """Compile each catalogue that changed since it was compiled last. Raises `BadSettings` where it may not write."""
    for words in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        if not _is_current(words):
            try:
                _compile(words)
            except OSError as error:
                raise BadSettings(f"Let this user write to {words.parent}: {error.strerror}.") from None


def _is_current(words: Path) -> bool:
    compiled = words.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= words.stat().st_mtime_ns


def _compile(words: Path) -> None:
    # Several processes start at once: one compiles, the others wait, and nobody sees a file half written. The version
    # of the assets is a hash over this folder, and leaves .pot out.
    with words.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not _is_current(words):
            unfinished = words.with_suffix(".pot")
            with unfinished.open("wb") as target:
                _write(file, words.parts[-3], target)
            unfinished.replace(words.with_suffix(".mo"))


def _write(words: BinaryIO, lang: str, target: BinaryIO) -> None:
    catalogue = read_po(words, locale=lang)
    catalogue.creation_date = catalogue.revision_date = NO_DAY  # the same bytes on every day and machine
    write_mo(target, catalogue)
