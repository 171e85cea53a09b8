"""A test that hangs costs its own time and no more, and the run says where it stood."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.failures import KEPT_IN, Kind, read_failures

ROOT = Path(__file__).resolve().parents[2]
ONE_HANGS = """
import threading, greenlet

def test_that_hangs():
    def wait_for_the_browser():
        main.switch()
    def events():
        threading.Event().wait()
    main = greenlet.greenlet(events)
    wait_for_the_browser()

def test_that_does_not():
    pass
"""


@pytest.mark.slow
def test_a_test_that_hangs_is_given_up_and_the_others_run(tmp_path: Path) -> None:
    (tmp_path / "test_stuck.py").write_text(ONE_HANGS)
    plugins = ["-p", "tests.harness.failures", "-p", "tests.harness.hanging"]
    words = ["-q", "-n", "1", "--timeout=3", *plugins, "-c", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *words, "--rootdir", str(tmp_path), str(tmp_path)]
    around = {**os.environ, KEPT_IN: str(tmp_path / "failures.json")}
    run = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, timeout=60)
    said = run.stdout + run.stderr
    assert "1 failed, 1 passed" in said
    assert "crashed while running" in said and "test_that_hangs" in said
    assert "in wait_for_the_browser" in said, "the greenlet that waits is shown"
    assert "in events" in said, "and the thread that it waits for"
    [failure] = read_failures(tmp_path / "failures.json")
    assert failure.kind is Kind.LATE
    assert "in wait_for_the_browser" in failure.words, "the end of the whole run says it as well"
