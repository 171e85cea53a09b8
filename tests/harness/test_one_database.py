"""A test that runs on SQLite alone may send nothing that PostgreSQL never sees."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.harness.one_database import COMPARED, shape_of

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest
from sqlalchemy import create_engine, text

@pytest.fixture(params=["sqlite", "postgres"])
def database_kind(request):
    return request.param

def ask(statement):
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text(statement), {"a": 1, "b": 2})

def test_on_both(database_kind):
    ask("SELECT 1 WHERE 1 IN (:a, :b)")

@pytest.mark.one_database
def test_alone(database_kind):
    ask("%s")
"""


def ended(folder: Path, statement: str) -> tuple[int, str]:
    """How a session ends in which a test on SQLite alone sends this statement."""
    (folder / "test_page.py").write_text(TESTS % statement)
    words = ["-q", "-n", "1", "-p", "tests.harness.one_database", "-c", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *words, "--rootdir", str(folder), str(folder)]
    around = {**os.environ, COMPARED: "1"}
    run = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, timeout=120)
    return run.returncode, run.stdout + run.stderr


def test_what_another_test_sends_on_both_may_be_sent_alone(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "SELECT 1 WHERE 1 IN (:a)")
    assert code == 0, said
    assert "3 passed" in said, "the marked one ran once, the other one on both"


def test_a_statement_that_only_one_database_sees_is_an_error(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "SELECT 7")
    assert code == 1, said
    assert "test_alone[sqlite] runs on SQLite alone" in said and "SELECT 7" in said


def test_how_many_values_a_statement_takes_is_no_matter_of_the_database() -> None:
    assert shape_of("a IN (?, ?, ?) AND b = ?") == shape_of("a IN (?) AND b = ?")
    assert shape_of("INSERT INTO t (a, b) VALUES (?, ?), (?, ?)") == shape_of("INSERT INTO t (a, b) VALUES (?, ?)")
    assert shape_of("a IN (?) AND b = ?") != shape_of("a IN (?) AND c = ?")
