"""A stage that hangs does not hold the whole run."""

from __future__ import annotations

import sys

import pytest

from tests.stages import Stage, run


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
