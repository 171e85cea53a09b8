"""A copy of the program, so that a new version of it can come out while phones are in use."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.harness.server import ROOT, Server

PROGRAM = ("webapp", "templates", "static", "service_worker", "migrations", "Procfile")


def copy_of_the_program(folder: Path) -> Path:
    """The program's files, without tests and environment."""
    folder.mkdir()
    for name in PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def bring_out_a_version(server: Server, name: str) -> None:
    """Update the running server to a version with another script."""
    assert server.root != ROOT, "only a copy of the program is changed"
    main = server.root / "static" / "js" / "main.js"
    main.write_text(f"{main.read_text()}\ndocument.documentElement.dataset.release = {name!r};\n")
    server.stop()
    server.prepare()
    server.start()
