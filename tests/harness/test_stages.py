"""A stage that hangs does not hold the whole run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.harness.failures import Kind
from tests.stages import IF_LATE, OF_BROWSERS, ROOT, Result, Stage, looked_at_twice, run


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
WRONG_ONCE = """
from pathlib import Path

def test_wrong_once():
    times = len(list(Path(".").glob("ran*")))
    Path(f"ran{times}").touch()
    assert times != %d
"""
LOST_ONCE = """
from types import SimpleNamespace
from uuid import uuid4

def test_lost_once(monkeypatch):
    from tests.harness import oracles
    for where in ("_on_devices", "_on_server"):
        monkeypatch.setattr(oracles.Witness, where, lambda self: [])
    witness = oracles.Witness(SimpleNamespace())
    witness.typed(uuid4(), "words")
    witness.assert_no_loss()
"""


def ended(folder: Path, *tests: str, second_look: dict[Kind, int] = OF_BROWSERS) -> Result:
    """How a stage of these tests ends after the second look."""
    for number, test in enumerate(tests):
        (folder / f"test_{number}.py").write_text(test)
    there = ["env", "-C", str(folder), f"PYTHONPATH={ROOT}"]
    words = ["-q", "-p", "tests.harness.failures", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    command = [*there, sys.executable, "-m", "pytest", *words]
    stage = Stage("trial", [*command, "-n", "1", "."], second_look=second_look, alone=command)
    return looked_at_twice(stage, run(stage))


def test_what_was_only_late_is_looked_at_again_and_named(tmp_path: Path) -> None:
    result = ended(tmp_path, LATE_ONCE, "def test_well(): pass\n")
    assert (result.code, result.passed, result.failed) == (0, 2, 0)
    assert [failure.test.endswith("test_late_once") for failure in result.unsteady] == [True]
    assert "her answer did not happen" in result.unsteady[0].words


def test_what_is_late_twice_stays_red(tmp_path: Path) -> None:
    assert ended(tmp_path, LATE).code == 1


def test_what_was_wrong_in_a_browser_must_pass_three_times_alone(tmp_path: Path) -> None:
    result = ended(tmp_path, WRONG_ONCE % 0)
    assert result.code == 0
    assert [failure.kind for failure in result.unsteady] == [Kind.WRONG]
    assert len(list(tmp_path.glob("ran*"))) == 4


def test_what_is_wrong_once_more_stays_red(tmp_path: Path) -> None:
    result = ended(tmp_path, (WRONG_ONCE % 0).replace("times != 0", "times not in (0, 2)"))
    assert result.code == 1
    assert [failure.kind for failure in result.failures] == [Kind.WRONG]


def test_what_is_wrong_outside_a_browser_is_not_looked_at_again(tmp_path: Path) -> None:
    result = ended(tmp_path, LATE_ONCE, WRONG_ONCE % 0, second_look=IF_LATE)
    assert result.code == 1
    assert sorted(failure.kind for failure in result.failures) == [Kind.LATE, Kind.WRONG]
    assert len(list(tmp_path.glob("ran*"))) == 1


def test_a_broken_promise_is_never_looked_at_again(tmp_path: Path) -> None:
    result = ended(tmp_path, LATE_ONCE, LOST_ONCE)
    assert result.code == 1
    assert sorted(failure.kind for failure in result.failures) == [Kind.LATE, Kind.PROMISE]
    assert "“words” is lost" in next(failure.words for failure in result.failures if failure.kind is Kind.PROMISE)


def test_four_are_no_chance(tmp_path: Path) -> None:
    assert ended(tmp_path, LATE_ONCE, LATE, LATE, LATE).code == 1
