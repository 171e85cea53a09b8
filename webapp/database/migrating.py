"""Bringing the tables up to date.

Alembic, with all that it brings, takes 10 MB of every process that imports it, and neither web nor worker ever
migrates: so it is imported where it is used, and nowhere at the top of a module.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from webapp.database.engine import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def offer_migrations(app: Flask) -> None:
    """Let `bring_tables_up_to_date` and `flask db` know where the migrations are and how to write one."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def known_migrations() -> set[str]:
    """Every migration that this version has."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def newest_migrations_seen() -> set[str]:
    """The last migrations that the database has been through; none for an empty one."""
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())


def bring_tables_up_to_date() -> None:
    """Run the migrations that the database has not been through."""
    from flask_migrate import upgrade

    upgrade()
