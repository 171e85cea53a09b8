"""The commands: `flask prepare` makes everything that must exist before web and worker start."""

from __future__ import annotations

import fcntl

import click
from flask import Flask
from flask_migrate import upgrade

from webapp.config import Settings, current_settings


def register_commands(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(prepare)


@click.command()
def prepare() -> None:
    """Make keys, bring the database up to date and lay out the assets; once at a time, safe to repeat."""
    with _one_at_a_time(current_settings()):
        upgrade()


class _one_at_a_time:  # noqa: N801  it reads as a phrase where it is used
    def __init__(self, settings: Settings) -> None:
        self._path = settings.data_dir / "prepare.lock"

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
