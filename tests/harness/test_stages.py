"""A stage that hangs does not hold the whole run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.stages import ROOT, Result, Stage, looked_at_twice, run


def test_a_stage_that_hangs_is_ended_and_counts_as_broken(capfd: pytest.CaptureFixture[str]) -> None:
    hanging = [sys.executable, "-c", "import threading; print('begun', flush=True); threading.Event().wait()"]
    ended = run(Stage("stuck", hanging, minutes=1 / 60))
    assert ended.code != 0
    assert "stuck has not ended within" in capfd.readouterr().out


def test_a_stage_that_ends_is_left_alone() -> None:
    assert run(Stage("well", [sys.executable, "-c", "print('3 passed in 0.1s')"])).passed == 3


def test_a_stage_keeps_what_it_compiled(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    run(Stage("compiling", [sys.executable, "-c", "import sys; print('writes', not sys.dont_write_bytecode)"]))
    assert "writes True" in capfd.readouterr().out


LATE = "from tests.harness.waiting import until\ndef test_late(): until(lambda: False, 'her answer', within=0.1)\n"
LATE_ONCE = """
from pathlib import Path
from tests.harness.waiting import until

def test_late_once():
    asked_before = Path("asked").exists()
    Path("asked").touch()
    until(lambda: asked_before, "her answer", within=0.1)
"""
WRONG = "def test_wrong(): assert ['lost'] == []\n"


def ended(folder: Path, *tests: str) -> Result:
    """How a stage of these tests ends after the second look."""
    for number, test in enumerate(tests):
        (folder / f"test_{number}.py").write_text(test)
    there = ["env", "-C", str(folder), f"PYTHONPATH={ROOT}"]
    words = ["-q", "-p", "tests.harness.failures", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    command = [*there, sys.executable, "-m", "pytest", *words]
    stage = Stage("trial", [*command, "."], second_look=command)
    return looked_at_twice(stage, run(stage))


def test_what_was_only_late_is_looked_at_again_and_named(tmp_path: Path) -> None:
    result = ended(tmp_path, LATE_ONCE, "def test_well(): pass\n")
    assert (result.code, result.passed, result.failed) == (0, 2, 0)
    assert [failure.test.endswith("test_late_once") for failure in result.late] == [True]
    assert "her answer did not happen" in result.late[0].words


def test_what_is_late_twice_stays_red(tmp_path: Path) -> None:
    assert ended(tmp_path, LATE).code == 1


def test_what_is_wrong_is_not_looked_at_again(tmp_path: Path) -> None:
    result = ended(tmp_path, LATE_ONCE, WRONG)
    assert result.code == 1
    assert sorted(failure.late for failure in result.failures) == [False, True]
    assert "assert ['lost'] == []" in next(failure.words for failure in result.failures if not failure.late)


def test_three_that_are_late_are_no_chance(tmp_path: Path) -> None:
    assert ended(tmp_path, LATE_ONCE, LATE, LATE).code == 1
