"""Bringing a backup back: everything is checked before anything is put in its place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from webapp import clock
from webapp.backups import postgresql, sqlite
from webapp.backups.archive import Archive, Progress
from webapp.backups.counting import count_rows
from webapp.backups.key_box import key_files, open_key_box, put_keys_in
from webapp.backups.manifest import DATABASE, KEYS, Manifest
from webapp.backups.marker import is_half_restored
from webapp.config import BadSettings, Settings

AskPassphrase = Callable[[], str]


def check_backup(settings: Settings, archive: Archive, revisions: set[str], progress: Progress) -> None:
    """Raise `BadSettings` unless the backup is whole and fits this installation; `revisions` are those known here."""
    manifest = archive.manifest
    kind = "sqlite" if settings.on_sqlite else "postgresql"
    if manifest.database != kind:
        raise BadSettings(f"Set DATABASE_URL to a {manifest.database} database: this backup is of one.")
    if kind == "postgresql" and manifest.database_schema != postgresql.schema_of(settings):
        raise BadSettings(f"Set DATABASE_SCHEMA to {manifest.database_schema}: this backup is of that schema.")
    if manifest.migration not in revisions:
        raise BadSettings(f"Install Friendtor {manifest.version} or newer: this backup was made by it.")
    archive.check(progress)


def make_room(settings: Settings, replace: bool) -> str:
    """Have the database's place be empty; says where the old one is now, or nothing. Raises `BadSettings`."""
    place = _place_of(settings)
    if not place.is_there(settings):
        return ""
    if not replace and not is_half_restored(settings):
        raise BadSettings("Say --replace to put the database that is there aside: a restore goes into an empty place.")
    aside: str = place.set_aside(settings, clock.now())
    return aside


def bring_keys_back(settings: Settings, archive: Archive, ask_passphrase: AskPassphrase) -> None:
    """Put in the keys that came with the backup. Raises `BadSettings` when one is missing that it was sealed with."""
    keys = open_key_box(archive.read(KEYS), ask_passphrase()) if archive.manifest.has_keys else {}
    there = {name.removesuffix(".key") for name in (*key_files(settings.data_dir), *keys)}
    missing = sorted(set(archive.manifest.key_ids) - there)
    if missing:
        raise BadSettings(
            f"Put the folder `keys` back into {settings.data_dir} first: without {missing[0]}.key nobody can read"
            " what people wrote, and this backup holds no keys."
        )
    put_keys_in(settings.data_dir, keys)


def bring_database_back(settings: Settings, archive: Archive) -> None:
    """Put the copy in the empty place and count its rows. Raises `BadSettings`."""
    beside = sqlite.database_file(settings).parent if settings.on_sqlite else settings.data_dir
    folder = Path(tempfile.mkdtemp(prefix=".restore.", dir=beside))
    try:
        archive.take_out(DATABASE, folder / DATABASE)
        if settings.on_sqlite:
            sqlite.put_in_place(settings, folder / DATABASE)
        else:
            postgresql.restore_dump(settings, folder / DATABASE)
    finally:
        shutil.rmtree(folder)
    _compare(settings, archive.manifest)


def _compare(settings: Settings, manifest: Manifest) -> None:
    schema = None if settings.on_sqlite else postgresql.schema_of(settings)
    with create_engine(settings.database_url, poolclass=NullPool).connect() as connection:
        found = count_rows(connection, schema)
    if found != manifest.rows:
        wrong = sorted(name for name in {*found, *manifest.rows} if found.get(name) != manifest.rows.get(name))
        raise BadSettings(f"Try again: {wrong[0]} has not the rows that it had when the backup was taken.")


def _place_of(settings: Settings) -> ModuleType:
    return sqlite if settings.on_sqlite else postgresql
