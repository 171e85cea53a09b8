"""Migrations make what the models say, keep every row, and leave nothing half done."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, inspect, select

import webapp
from tests.people import make_cast
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import Model, db

pytestmark = pytest.mark.own_app
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{before}"


def upgrade() -> None:
    {body}
"""
REMAKE_PERSONS = """with op.batch_alter_table("person") as batch:
        batch.alter_column("name", existing_type=sa.String(120), type_=sa.String(200))
        batch.add_column(sa.Column("shoe_size", sa.Integer()))"""
LOSE_THE_SITES = 'op.execute("DELETE FROM site")'


@pytest.fixture
def migrated(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_migrations_make_what_the_models_say(migrated: Flask) -> None:
    import_every_room()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Model.metadata)
    assert not differences, "Make the revision anew: the models say otherwise than migrations/versions."


def test_the_comparison_sees_a_column_that_no_migration_makes(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        changed = Model.metadata.tables["site"].to_metadata(type(Model.metadata)())
        changed._columns.remove(changed.c.zone)
        assert compare_metadata(context, changed.metadata)


def test_upgrading_twice_changes_nothing(migrated: Flask) -> None:
    make_cast()
    before = row_counts()
    upgrade()
    assert row_counts() == before


def test_every_row_survives_a_table_made_anew(migrated: Flask, tmp_path: Path) -> None:
    make_cast()
    before = row_counts()
    upgrade(directory=with_revision(tmp_path, REMAKE_PERSONS))
    assert row_counts() == before
    assert "shoe_size" in {column["name"] for column in inspect(db.engine).get_columns("person")}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_migration_that_would_leave_loose_ends_changes_nothing(
    migrated: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_cast()
    before = row_counts()
    with pytest.raises(SystemExit):
        upgrade(directory=with_revision(tmp_path, LOSE_THE_SITES))
    assert "point to nothing" in caplog.text
    assert row_counts() == before


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_foreign_keys_are_on_again_after_a_migration(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def row_counts() -> dict[str, int]:
    db.session.rollback()
    counts = {
        name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Model.metadata.tables.items()
    }
    db.session.rollback()
    return counts


def with_revision(folder: Path, body: str) -> str:
    """A copy of the migrations with one more revision."""
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy)
    newest = max(path.name.partition("_")[0] for path in (copy / "versions").glob("*.py"))
    (copy / "versions" / "9999_a_test.py").write_text(REVISION.format(before=newest, body=body))
    return str(copy)


def import_every_room() -> None:
    for module in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if module.name.rpartition(".")[2] == "models":
            importlib.import_module(module.name)
