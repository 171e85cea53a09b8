"""One app for each kind of database, kept for a whole run and emptied for each test.

A new app compiles every route and every query anew, which took half of a test's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from tests.tables import empty_tables, make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db
from webapp.database.engine import WRITE

DATABASE = "friendtor.db"


@dataclass
class AsMade:
    """An app, and what it kept in its memory when it was made."""

    app: Flask
    _config: dict[str, Any] = field(init=False)
    _extensions: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._config, self._extensions = dict(self.app.config), dict(self.app.extensions)

    def again(self) -> Flask:
        """The app, with all that was put there since forgotten."""
        for stored, first in ((self.app.config, self._config), (self.app.extensions, self._extensions)):
            stored.clear()
            stored.update(first)
        return self.app


@dataclass
class KeptApp:
    """An app as it was when it was made: its files, its configuration and its empty tables."""

    settings: Settings
    app: Flask = field(init=False)
    _files: dict[Path, bytes] = field(init=False)
    _made: AsMade = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(self.settings)
        self.app.testing = True
        with self.app.app_context():
            make_tables()
        self._files = {path: path.read_bytes() for path in self._found_files()}
        self._made = AsMade(self.app)

    def emptied(self) -> Flask:
        """Undo what the last test did, and hand the app out."""
        self._made.again()
        for path in self._found_files():
            if path not in self._files:
                path.unlink()
        for path, content in self._files.items():
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
        with (
            self.app.app_context(),
            db.engine.connect().execution_options(**{WRITE: True}) as connection,
            connection.begin(),
        ):
            empty_tables(connection)
        return self.app

    def _found_files(self) -> Iterable[Path]:
        """Its files, but for the database, which is emptied, and the assets, which are the same for every test."""
        found = self.settings.data_dir.rglob("*")
        kept = (self.settings.data_dir / "assets", self.settings.data_dir / DATABASE)
        return [path for path in found if path.is_file() and not str(path).startswith(tuple(map(str, kept)))]


@contextmanager
def kept_app(folder: Path, database_url: str, **others: Any) -> Iterator[KeptApp]:
    """Make one, with `others` among its settings, and close its connections at the end of the run."""
    kept = KeptApp(Settings(data_dir=folder, database_url=database_url, public_url="http://localhost", **others))
    yield kept
    with kept.app.app_context():
        db.engine.dispose()
