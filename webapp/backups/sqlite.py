"""SQLite's part: a copy while others write, and putting a copy in the database's place."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from webapp.backups.archive import Progress
from webapp.config import BadSettings, Settings

PAGES_AT_ONCE = 256


def copy_database(settings: Settings, into: Path, progress: Progress) -> None:
    """Write the database as it is at this moment to a file of its own; nobody who writes has to wait."""
    source = sqlite3.connect(database_file(settings), isolation_level=None)
    target = sqlite3.connect(into, isolation_level=None)
    try:
        # A transaction that has read keeps its moment: without it, each write of another process begins the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=PAGES_AT_ONCE, progress=lambda _, left, all_: progress(all_ - left, all_))
        target.execute("PRAGMA journal_mode=DELETE")
        [verdict] = target.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise BadSettings(f"Look at the database before anything else: SQLite finds it damaged ({verdict}).")
    finally:
        target.close()
        source.close()


def is_there(settings: Settings) -> bool:
    """Whether the database's place is taken."""
    file = database_file(settings)
    return file.exists() and file.stat().st_size > 0


def set_aside(settings: Settings, at: datetime) -> str:
    """Move the database out of the way, whole, in one file; says where. Raises `BadSettings` while it is in use."""
    file = database_file(settings)
    connection = sqlite3.connect(file, timeout=2, isolation_level=None)
    try:
        # Leaving WAL needs the database for oneself, and brings what is still in the log into the file.
        [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        mode = "locked"
    finally:
        connection.close()
    if mode != "delete":
        raise BadSettings("Stop Friendtor first: another program has its database open.")
    aside = file.with_name(f"{file.name}.before-{at:%Y%m%dT%H%M%SZ}")
    file.rename(aside)
    return str(aside)


def put_in_place(settings: Settings, copy: Path) -> None:
    """Have the copy be the database."""
    file = database_file(settings)
    for old in ("-wal", "-shm"):  # of a database that is no longer there
        file.with_name(file.name + old).unlink(missing_ok=True)
    copy.replace(file)


def database_file(settings: Settings) -> Path:
    """Where it is."""
    return Path(make_url(settings.database_url).database or "")
