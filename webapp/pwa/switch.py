"""The kill switch of the phones' worker: a file in the data folder, which every process of ours sees at once."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from webapp.config import current_settings


def init_app(app: Flask) -> None:
    """Add `flask phone-worker`."""
    app.cli.add_command(phone_worker)


def is_worker_off() -> bool:
    """Whether phones are to end their worker and go on without one."""
    return _file().exists()


@click.command()
@click.argument("state", type=click.Choice(["off", "on"]), required=False)
def phone_worker(state: str | None) -> None:
    """Take the offline worker off every phone, should it be at fault, or give it back. Unsent work stays."""
    if state == "off":
        _file().touch(mode=0o644)
    elif state == "on":
        _file().unlink(missing_ok=True)
    click.echo(f"The phones' worker is {'off' if is_worker_off() else 'on'}.")


def _file() -> Path:
    return current_settings().data_dir / "worker-off"
