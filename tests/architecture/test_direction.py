"""Rooms import down only, and go in by the doorway."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT, WEBAPP, imports, named, python_files

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
BAD_CONTRACT = """
[tool.importlinter]
root_package = "badapp"
[[tool.importlinter.contracts]]
name = "down only"
type = "layers"
containers = ["badapp"]
layers = ["journal | checkins", "people"]
"""
# Modules that a room's doorway cannot carry, each with its reason.
BESIDE_THE_DOORWAY = {
    "webapp.web": "web is glue, not a room: its modules are named one by one",
    "webapp.database.engine": "the migrations and the models need WRITE and db before the doorway is whole",
}
KNOW_EVERY_ROOM = ("webapp/app.py", "webapp/cli.py", "webapp/worker.py", "webapp/__main__.py", "webapp/demo/")


def test_rooms_import_down_only() -> None:
    run = lint_imports(ROOT)
    assert run.returncode == 0, run.stdout


def test_an_import_across_or_up_is_seen(tmp_path: Path) -> None:
    for name, source in {"journal": "", "checkins": "import badapp.journal", "people": ""}.items():
        room = tmp_path / "badapp" / name
        room.mkdir(parents=True)
        (room / "__init__.py").write_text(source)
    (tmp_path / "badapp" / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text(BAD_CONTRACT)
    run = lint_imports(tmp_path)
    assert run.returncode == 1
    assert "badapp.checkins -> badapp.journal" in run.stdout


def test_rooms_go_in_by_the_doorway() -> None:
    outside = [
        said
        for path in python_files()
        if not named(path).startswith(KNOW_EVERY_ROOM)
        for said in around_the_doorway(path.read_text(), room_of(path), named(path))
    ]
    assert not outside, "\n".join(outside)


def test_going_around_the_doorway_is_seen() -> None:
    bad = "from webapp.people.models.person import Person"
    assert around_the_doorway(bad, "journal", "webapp/journal/views.py")
    assert not around_the_doorway("from webapp.people import Person", "journal", "webapp/journal/views.py")
    assert not around_the_doorway(bad, "people", "webapp/people/sessions.py")


def around_the_doorway(source: str, room: str, name: str) -> list[str]:
    found = []
    for line, module, _ in imports(source):
        parts = module.split(".")
        elsewhere = parts[0] == "webapp" and len(parts) > 2 and parts[1] != room and is_a_room(parts[1])
        if elsewhere and not module.startswith(tuple(BESIDE_THE_DOORWAY)):
            found.append(f"{name}:{line}: import what webapp.{parts[1]} offers, not {module}")
    return found


def is_a_room(name: str) -> bool:
    return (WEBAPP / name).is_dir()


def room_of(path: Path) -> str:
    return path.relative_to(WEBAPP).parts[0]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-logo", "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
