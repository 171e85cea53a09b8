"""A server that tests hand on to one another, since its start costs more than most of what they do with it.

Each test finds it as if it had just been prepared: empty tables, no other files. One that was stopped, commanded or
moved in time is not handed on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from tests.harness.server import Server
from webapp.database import Model, db
from webapp.database.engine import WRITE

KEPT_TABLES = {"heartbeat"}  # the worker is alive, and says so only now and then
OWN_FILES = ("server.log", "friendtor.db", "write.lock")


class StandingServer:
    """At most one runs at a time."""

    def __init__(self, prepared: Path, new_folder: Callable[[], Path]) -> None:
        self._prepared, self._new_folder = prepared, new_folder
        self._server: Server | None = None
        self._files: dict[Path, bytes] = {}

    def hand_out(self) -> Server:
        """A running server with nothing in it."""
        if self._server and not self._is_as_it_was(self._server):
            self.end()
        if self._server is None:
            self._server = self._started()
        else:
            empty_tables(self._server)
        return self._server

    def end(self) -> None:
        if self._server:
            self._server.kill()
            self._server = None

    def _started(self) -> Server:
        data = self._new_folder() / "data"
        shutil.copytree(self._prepared, data)
        server = Server(data)
        server.start()
        server.was_touched = False
        self._files = _files(data)
        return server

    def _is_as_it_was(self, server: Server) -> bool:
        return not server.was_touched and server.is_well() and _files(server.data) == self._files


def empty_tables(server: Server) -> None:
    """Take out everything that a person or a test put in."""
    with server.inside(), db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in Model.metadata.tables.values():
            if table.name not in KEPT_TABLES:
                connection.execute(table.delete())


def _files(data: Path) -> dict[Path, bytes]:
    """What is in the folder, but for what grows by itself and for the assets, which are the same for everybody."""
    found = [path for path in data.rglob("*") if path.is_file() and data / "assets" not in path.parents]
    return {path: path.read_bytes() for path in found if not path.name.startswith(OWN_FILES)}
