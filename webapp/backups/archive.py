"""The one file: a zip of the database's copy, perhaps the sealed keys, and last the manifest with their hashes."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from webapp.backups.manifest import FileFacts, Manifest
from webapp.config import BadSettings

MANIFEST = "manifest.json"
PIECE = 1024 * 1024

Progress = Callable[[int, int], None]  # how much of how much; called often


@contextmanager
def new_archive(path: Path) -> Iterator[NewArchive]:
    """A backup that appears under its name when it is whole, or not at all; 0600. Raises `BadSettings`."""
    if path.exists():
        raise BadSettings(f"Give another file name: {path} exists, and a backup overwrites nothing.")
    if not path.parent.is_dir():
        raise BadSettings(f"Make the folder {path.parent} first: the backup is to be written there.")
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as zipped:
                yield NewArchive(zipped)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


class NewArchive:
    """A backup that is being written."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.files: dict[str, FileFacts] = {}

    def add(self, name: str, source: IO[bytes], *, smaller: bool, progress: Progress | None = None) -> None:
        """Copy a file in; `smaller` compresses it on the way."""
        how = zipfile.ZipInfo(name)
        how.compress_type = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
        how.external_attr = 0o600 << 16
        with self._zipped.open(how, "w", force_zip64=True) as inside:
            self.files[name] = _copy(source, inside, progress)

    def close_with(self, manifest: Manifest) -> None:
        """Write what it says of itself, last."""
        self._zipped.writestr(MANIFEST, manifest.model_dump_json(indent=2))


class Archive:
    """A backup that is read. Everything raises `BadSettings` with one sentence when the file is not a whole backup."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zipped = zipfile.ZipFile(path)
            self.manifest = Manifest.model_validate_json(self._zipped.read(MANIFEST))
        except FileNotFoundError:
            raise BadSettings(f"Give the name of a backup: {path} is not there.") from None
        except (zipfile.BadZipFile, KeyError, ValidationError, OSError):
            raise BadSettings(f"Give another backup: {path} is not one, or was made by a newer Friendtor.") from None

    def check(self, progress: Progress | None = None) -> None:
        """Read every file once and compare its hash."""
        for name, facts in self.manifest.files.items():
            try:
                with self._zipped.open(name) as inside:
                    found = _copy(inside, None, progress, facts.size)
            except (zipfile.BadZipFile, KeyError, OSError, ValueError):
                found = None
            if found != facts:
                raise BadSettings(f"Give another backup: {self.path} is damaged ({name} is not what was written).")

    def take_out(self, name: str, into: Path) -> None:
        """Write one file of the backup; 0600."""
        with (
            self._zipped.open(name) as inside,
            os.fdopen(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            _copy(inside, file)
            file.flush()
            os.fsync(file.fileno())

    def read(self, name: str) -> bytes:
        """One small file of the backup."""
        return self._zipped.read(name)


def _copy(source: IO[bytes], to: IO[bytes] | None, progress: Progress | None = None, total: int = 0) -> FileFacts:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
        if to is not None:
            to.write(piece)
        if progress is not None:
            progress(size, max(size, total))
    return FileFacts(sha256=digest.hexdigest(), size=size)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
