"""Runs migrations on a connection of their own, all of them in one transaction.

SQLite changes a table by making it anew. With foreign keys on, dropping the old one deletes every row that points to
it, so they are off before the transaction begins, and what points where is checked before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from webapp.config import current_settings
from webapp.database import UtcDateTime
from webapp.database.engine import WRITE

WAIT = 60.0

database = current_app.extensions["migrate"].db


def migrate() -> None:
    """Bring the app's database to the revision that was asked for."""
    with (
        our_turn(),
        database.engine.connect().execution_options(**{WRITE: True}) as connection,
        foreign_keys_off(connection),
        connection.begin(),
    ):
        make_schema(connection)
        run(connection)
        check_foreign_keys(connection)


def our_turn() -> AbstractContextManager[None]:
    queue = current_app.extensions["write_queue"]
    return queue.turn(WAIT) if queue else nullcontext()


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Off on this connection; the pragma does nothing once a transaction has begun."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def make_schema(connection: Connection) -> None:
    schema = current_settings().database_schema
    if schema and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=database.Model.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"A migration would leave rows that point to nothing, such as {lost[0]}.")


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own types as plain ones, so that a revision needs nothing of the app."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


migrate()
