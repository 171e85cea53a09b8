"""PostgreSQL's part: its own pg_dump and pg_restore, which must be on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from webapp.config import BadSettings, Settings

ODD_NAMES = {"username": "PGUSER", "dbname": "PGDATABASE", "application_name": "PGAPPNAME"}


def dump_database(settings: Settings, into: Path, snapshot: str) -> None:
    """Have pg_dump write the very moment that another transaction exported as `snapshot`."""
    wanted = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={schema_of(settings)}"]
    _run(settings, "pg_dump", *wanted, f"--snapshot={snapshot}", f"--file={into}")


def is_there(settings: Settings) -> bool:
    """Whether the schema holds tables already. Raises `BadSettings` when the database cannot be reached."""
    with connected(settings) as connection:
        return bool(inspect(connection).get_table_names(schema=schema_of(settings)))


def set_aside(settings: Settings, at: datetime) -> str:
    """Rename the schema; says how it is called now. Raises `BadSettings` while others are connected."""
    schema, aside = schema_of(settings), f"before_{at:%Y%m%dT%H%M%SZ}".lower()
    with connected(settings) as connection, connection.begin():
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )
        if connection.scalar(others):
            raise BadSettings("Stop Friendtor first: another program is connected to its database.")
        connection.execute(text(f'ALTER SCHEMA "{schema}" RENAME TO "{aside}"'))
    return f"the schema {aside}"


def restore_dump(settings: Settings, dump: Path) -> None:
    """Bring a dump into the empty schema, in one transaction."""
    schema = schema_of(settings)
    with connected(settings) as connection, connection.begin():
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
    wanted = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--schema={schema}"]
    _run(settings, "pg_restore", *wanted, f"--dbname={make_url(settings.database_url).database}", str(dump))


def schema_of(settings: Settings) -> str:
    """The schema that holds the tables."""
    return settings.database_schema or "public"


def connected(settings: Settings) -> Connection:
    """A connection of one's own, apart from the app's. Raises `BadSettings`."""
    try:
        return create_engine(settings.database_url, poolclass=NullPool, hide_parameters=True).connect()
    except Exception as error:
        said = str(error.__cause__ or error).strip().splitlines()[0]
        raise BadSettings(f"Set DATABASE_URL to a database that can be reached ({said}).") from None


def libpq_environment(url: URL) -> Mapping[str, str]:
    """The connection as libpq's variables: a password on a command line could be read by everybody here."""
    said = {**url.translate_connect_args(), **url.query}
    return {ODD_NAMES.get(name, f"PG{name.upper()}"): str(value) for name, value in said.items()} | {
        "PGDATABASE": url.database or ""
    }


def _run(settings: Settings, program: str, *words: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise BadSettings(f"Install PostgreSQL's client programs: {program} is not on the PATH.")
    environment = {**os.environ, **libpq_environment(make_url(settings.database_url))}
    ended = subprocess.run(  # noqa: S603  a program of PostgreSQL's, with words of our own
        [path, *words], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        said = (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BadSettings(f"See what {program} says, and try again ({said}).")
