"""Where a passphrase comes from: a file, the environment, or somebody who types it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from webapp.config import BadSettings

VARIABLE = "FRIENDTOR_BACKUP_PASSPHRASE"


def passphrase(file: Path | None, *, twice: bool) -> str:
    """The passphrase; typed `twice` when it is new. Raises `BadSettings` when there is nobody to ask."""
    if file is not None:
        said = _read(file)
    elif VARIABLE in os.environ:
        said = os.environ[VARIABLE]
    elif sys.stdin.isatty():
        said = click.prompt("Passphrase for the keys", hide_input=True, confirmation_prompt=twice, err=True)
    else:
        said = ""
    if not said:
        raise BadSettings(f"Give the passphrase in --passphrase-file or in {VARIABLE}: there is nobody to type it.")
    return said


def _read(file: Path) -> str:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        raise BadSettings(f"Give another --passphrase-file: {file} cannot be read.") from None
    return lines[0] if lines else ""
