"""The app on a server's data in the tests' own process, made once for each state of its files: making it takes a tenth
of a second, and its first queries and pages take much more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from tests.kept import AsMade
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db

GROWING = ("server.log", "friendtor.db", "write.lock")  # read anew by whoever asks for them
Files = dict[Path, tuple[int, int]]


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for every app that this process makes."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


class Inspection:
    """Looks into one installation, whose keys, settings and files may change between two looks."""

    def __init__(self) -> None:
        self._seen: tuple[Settings, Files] | None = None
        self._made: AsMade | None = None

    @contextmanager
    def inside(self, settings: Settings) -> Iterator[Flask]:
        """An app as if it had just been made, inside its context. No connection stays open afterwards."""
        app = self._app(settings)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def _app(self, settings: Settings) -> Flask:
        now = (settings, _files(settings.data_dir))
        if self._made is None or self._seen != now:
            app = create_app(settings)
            app.jinja_env.bytecode_cache = COMPILED
            self._made, self._seen = AsMade(app), (settings, _files(settings.data_dir))
        return self._made.again()


def _files(data: Path) -> Files:
    """When each file was written that an app may have read, and how long it is."""
    found = {path: path.stat() for path in data.rglob("*") if not path.name.startswith(GROWING) and path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in found.items()}
