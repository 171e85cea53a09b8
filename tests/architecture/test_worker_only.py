"""What only the solver needs is imported only when it solves: a web process never pays for it."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT

HEAVY = ("numpy", "scipy")
SAYS = "; import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def test_the_web_process_imports_no_solver() -> None:
    assert not heavy_after("from webapp.app import create_app; import webapp.matching")


def test_an_import_of_the_solver_is_seen() -> None:
    assert heavy_after("import webapp.matching.engine.run") == set(HEAVY)


def heavy_after(statement: str) -> set[str]:
    command = [sys.executable, "-c", statement + SAYS]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split()) & set(HEAVY)
