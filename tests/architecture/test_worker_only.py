"""What only the solver or a migration needs is imported only there: web and worker never pay for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SOLVER = {"numpy", "scipy"}
MIGRATIONS = {"alembic", "flask_migrate", "mako"}
HEAVY = SOLVER | MIGRATIONS
SAYS = "; import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
SERVES = "import webapp.worker; from webapp.app import create_app; app = create_app(serves=True)"


def test_web_and_worker_import_no_solver_and_no_migrations(tmp_path: Path) -> None:
    assert not heavy_after(SERVES, tmp_path)


def test_each_room_can_be_imported_without_them(tmp_path: Path) -> None:
    assert not heavy_after("import webapp.matching, webapp.backups, webapp.cli", tmp_path)


@pytest.mark.parametrize(
    ("statement", "brings"),
    [
        ("import webapp.matching.engine.run", SOLVER),
        ("from webapp.app import create_app; create_app()", MIGRATIONS),
    ],
)
def test_an_import_of_them_is_seen(statement: str, brings: set[str], tmp_path: Path) -> None:
    assert heavy_after(statement, tmp_path) == brings


def heavy_after(statement: str, data: Path) -> set[str]:
    command = [sys.executable, "-c", statement + SAYS]
    environment = {**os.environ, "FRIENDTOR_DATA": str(data), "PUBLIC_URL": "http://localhost:8000"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(run.stdout.split()) & HEAVY
