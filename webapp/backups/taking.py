"""Taking a backup: one moment of the database, what it says of itself, and the keys only when asked for."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from webapp import clock
from webapp.backups import postgresql, sqlite
from webapp.backups.archive import Progress, new_archive
from webapp.backups.counting import count_rows, epoch_of, migration_of
from webapp.backups.key_box import fill_key_box, key_files
from webapp.backups.manifest import DATABASE, KEYS, Manifest
from webapp.config import BadSettings, Settings


def take_backup(settings: Settings, path: Path, passphrase: str | None, progress: Progress) -> Manifest:
    """Write a backup to `path`; a passphrase has the keys go with it. Raises `BadSettings`; then nothing is left."""
    with _one_at_a_time(settings), new_archive(path) as archive, _folder_beside(path) as folder:
        copy = folder / DATABASE
        manifest = _copy(settings, copy, progress)
        with copy.open("rb") as file:
            archive.add(DATABASE, file, smaller=settings.on_sqlite)  # pg_dump has made its own smaller
        keys = key_files(settings.data_dir)
        if passphrase is not None:
            archive.add(KEYS, BytesIO(fill_key_box(keys, passphrase)), smaller=False)
        named = [name.removesuffix(".key") for name in keys]
        manifest = manifest.model_copy(update={"files": archive.files, "key_ids": named})
        archive.close_with(manifest)
    return manifest


def _copy(settings: Settings, copy: Path, progress: Progress) -> Manifest:
    return _copy_sqlite(settings, copy, progress) if settings.on_sqlite else _copy_postgresql(settings, copy)


def _copy_sqlite(settings: Settings, copy: Path, progress: Progress) -> Manifest:
    made_at = clock.now()
    sqlite.copy_database(settings, copy, progress)
    with create_engine(f"sqlite:///{copy}", poolclass=NullPool).connect() as connection:
        return Manifest(
            made_at=made_at,
            version=settings.version,
            database="sqlite",
            migration=migration_of(connection),
            epoch=epoch_of(connection),
            rows=count_rows(connection),
            key_ids=[],
            files={},
        )


def _copy_postgresql(settings: Settings, copy: Path) -> Manifest:
    schema = postgresql.schema_of(settings)
    with postgresql.connected(settings).execution_options(isolation_level="REPEATABLE READ") as connection:
        made_at = clock.now()
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        manifest = Manifest(
            made_at=made_at,
            version=settings.version,
            database="postgresql",
            database_schema=schema,
            migration=migration_of(connection, schema),
            epoch=epoch_of(connection, schema),
            rows=count_rows(connection, schema),
            key_ids=[],
            files={},
        )
        postgresql.dump_database(settings, copy, str(snapshot))
    return manifest


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """Room for the copy on the disk that the backup goes to; closed to others."""
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    with (settings.data_dir / "backup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadSettings("Wait until the backup that is being taken now has ended.") from None
        yield
