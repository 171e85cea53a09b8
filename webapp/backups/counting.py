"""How many rows each table holds: written into a backup, and compared after it was brought back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, column, func, inspect, select, table

REVISIONS = "alembic_version"


def count_rows(connection: Connection, schema: str | None = None) -> dict[str, int]:
    """Each table's rows, by name; the migrations' own table is left out."""
    names = sorted(set(inspect(connection).get_table_names(schema=schema)) - {REVISIONS})
    return {
        name: connection.scalar(select(func.count()).select_from(table(name, schema=schema))) or 0 for name in names
    }


def migration_of(connection: Connection, schema: str | None = None) -> str:
    """The revision that the database is at; nothing for an empty one."""
    if not inspect(connection).has_table(REVISIONS, schema=schema):
        return ""
    revisions = table(REVISIONS, column("version_num"), schema=schema)
    return connection.scalar(select(revisions.c.version_num)) or ""


def epoch_of(connection: Connection, schema: str | None = None) -> UUID | None:
    """The organisation's epoch; None before set-up."""
    organisation = table("organisation", column("epoch"), schema=schema)
    found = connection.scalar(select(organisation.c.epoch))
    return UUID(str(found)) if found else None
