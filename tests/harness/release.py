"""A copy of the program, so that a new version of it can come out while phones are in use."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from alembic.script import ScriptDirectory

from tests.harness.server import ROOT, Server

SHOES = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("shoe_size", sa.Integer()))
"""
PROGRAM = ("webapp", "templates", "static", "service_worker", "migrations", "Procfile")


def copy_of_the_program(folder: Path) -> Path:
    """The program's files, without tests and environment."""
    folder.mkdir()
    for name in PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
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


def bring_out_a_schema(server: Server) -> None:
    """Update the running server to a version whose database on the phone has one store more."""
    assert server.root != ROOT, "only a copy of the program is changed"
    store = server.root / "static" / "js" / "lib" / "store.js"
    version = int(re.findall(r"export const VERSION = (\d+);", store.read_text())[0])
    newer = store.read_text().replace(f"VERSION = {version};", f"VERSION = {version + 1};")
    step = f'  if (from < {version + 1}) database.createObjectStore("later");\n'
    begins = "function upgrade(database, from) {\n"
    store.write_text(newer.replace(begins, begins + step))
    bring_out_a_version(server, "schema")


def bring_out_a_migration(server: Server) -> None:
    """Bring a server that stands still to a version whose persons have a shoe size."""
    assert server.root != ROOT, "only a copy of the program is changed"
    migrations = server.root / "migrations"
    head = ScriptDirectory(str(migrations)).get_current_head()
    (migrations / "versions" / "9999_shoes.py").write_text(SHOES.format(before=head))
    server.prepare()
