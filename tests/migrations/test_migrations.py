"""Migrations make what the models say, keep every row, and leave nothing half done."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import TextClause, Uuid, bindparam, func, inspect, select, text

import webapp
from tests.people import make_cast
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import Model, UtcDateTime, db, uuid7
from webapp.database.engine import WRITE
from webapp.pairings import Pairing
from webapp.programmes import Programme, enrolled_in

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
INSERT_PERSON = (
    "INSERT INTO person (id, name, lang, zone, invited_at, joined_at) VALUES (:id, :name, :lang, :zone, :at, :at)"
)
INSERT_PROGRAMME = (
    "INSERT INTO programme (id, name, created_at, hello_hours, first_talk_days, weekly_days, fortnightly_days) "
    "VALUES (:id, 'New nurses', :at, 72, 14, 28, 91)"
)
INSERT_PAIRING = (
    "INSERT INTO pairing (id, programme_id, mentor_id, mentee_id, made_by_id, made_at, why) "
    "VALUES (:id, :programme, :mentor, :mentee, :mentor, :at, '')"
)
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
    newest = ScriptDirectory(str(copy)).get_current_head()
    (copy / "versions" / "9999_a_test.py").write_text(REVISION.format(before=newest, body=body))
    return str(copy)


def import_every_room() -> None:
    for module in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if module.name.rpartition(".")[2] == "models":
            importlib.import_module(module.name)


def test_what_ran_before_programmes_could_be_drafts_goes_on_running(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade(revision="0005")
        fill_as_it_was()
        upgrade()
        programme, pairing = (db.session.scalars(select(each)).one() for each in (Programme, Pairing))
        taking_part = {(each.person_id, each.role, each.capacity) for each in enrolled_in(programme)}
        assert (programme.is_running, programme.started_at) == (True, programme.created_at)
        assert taking_part == {(pairing.mentee_id, "mentee", 1), (pairing.mentor_id, "mentor", 1)}
        db.session.remove()
        db.engine.dispose()


def fill_as_it_was() -> None:
    """A hospital with one pair, by plain SQL: the models know more by now than the tables of then."""
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    ids = {name: uuid7() for name in ("programme", "mentor", "mentee", "pairing")}
    people = [
        {"id": ids[name], "name": name, "lang": "en", "zone": "UTC", "at": moment} for name in ("mentor", "mentee")
    ]
    with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        for values in people:
            connection.execute(with_types(INSERT_PERSON), values)
        connection.execute(with_types(INSERT_PROGRAMME), {"id": ids["programme"], "at": moment})
        said = {"id": ids["pairing"], "at": moment}
        connection.execute(
            with_types(INSERT_PAIRING), {**said, **{name: ids[name] for name in ids if name != "pairing"}}
        )


def with_types(statement: str) -> TextClause:
    named = [name for name in ("id", "programme", "mentor", "mentee") if f":{name}" in statement]
    types = [bindparam(name, type_=Uuid()) for name in named] + [bindparam("at", type_=UtcDateTime())]
    return text(statement).bindparams(*types)
