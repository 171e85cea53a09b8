"""`backup` and `restore`, as a terminal or a timer runs them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import click
from flask import Flask
from flask.cli import ScriptInfo, with_appcontext

from webapp import audit, mail, people
from webapp.backups.archive import Archive, Progress
from webapp.backups.manifest import Manifest
from webapp.backups.marker import under_the_marker
from webapp.backups.passphrase import passphrase
from webapp.backups.restoring import bring_database_back, bring_keys_back, check_backup, make_room
from webapp.backups.taking import take_backup
from webapp.clock import now
from webapp.config import Settings, current_settings
from webapp.database import bring_tables_up_to_date, known_migrations, writing
from webapp.web import health

MakeApp = Callable[[Settings], Flask]
SUFFIX = ".friendtor"

FILE = click.Path(path_type=Path, resolve_path=True)
PASSPHRASE_FILE = click.option(
    "--passphrase-file", type=FILE, help="A file whose first line is the passphrase of the keys."
)


@click.command()
@click.argument("file", type=FILE)
@click.option("--with-keys", is_flag=True, help="Put the keys in as well, sealed with a passphrase.")
@PASSPHRASE_FILE
@with_appcontext
def backup(file: Path, with_keys: bool, passphrase_file: Path | None) -> None:
    """Write a backup to FILE; given a folder, to a file in it that is named by the time."""
    if file.is_dir():
        file = file / f"friendtor-{now():%Y%m%dT%H%M%SZ}{SUFFIX}"
    secret = passphrase(passphrase_file, twice=True) if with_keys else None
    with _shown("Copying the database") as progress:
        manifest = take_backup(current_settings(), file, secret, progress)
    with writing(wait=60):
        health.beat(health.BACKUP)
    click.echo(f"Wrote {file}: {file.stat().st_size} bytes, {sum(manifest.rows.values())} rows.")
    click.echo("The keys are in it." if manifest.has_keys else "The keys are not in it: keep them elsewhere.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", "replacing", is_flag=True, help="Put the database that is there aside; nothing is deleted.")
@PASSPHRASE_FILE
@click.pass_obj
def restore(info: ScriptInfo, file: Path, replacing: bool, passphrase_file: Path | None) -> None:
    """Bring the backup FILE back. Friendtor must not run meanwhile."""
    settings = replace(Settings.from_env(), restoring=True)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    archive = Archive(file)
    with _shown("Checking the backup") as progress:
        check_backup(settings, archive, known_migrations(), progress)
    bring_keys_back(settings, archive, lambda: passphrase(passphrase_file, twice=False))
    aside = make_room(settings, replacing)
    with under_the_marker(settings):
        bring_database_back(settings, archive)
        app = cast(MakeApp, info.create_app)(settings)
        with app.app_context():
            changed = _begin_anew()
    _say_what_was_done(settings, archive.manifest, changed, aside)


def _begin_anew() -> int:
    """Bring the tables up to this version, then shut every door that the backup had open; counts people changed."""
    bring_tables_up_to_date()
    with writing(wait=60):
        mail.drop_unposted(now())
        return people.after_a_restore(audit.decisions_outside(current_settings()))


def _say_what_was_done(settings: Settings, manifest: Manifest, changed: int, aside: str) -> None:
    if aside:
        click.echo(f"The database that was there is now {aside}.")
    click.echo(f"Restored the backup of {_said(manifest.made_at)}: {sum(manifest.rows.values())} rows.")
    click.echo("Everybody must sign in again; phones send their last 30 days of work once more.")
    if audit.decisions_file(settings).exists():
        click.echo(f"Closed accounts and changed roles were held to: {changed} people differ from the backup.")
    else:
        click.echo(
            f"There is no {audit.decisions_file(settings)}: accounts that were closed and roles that were taken"
            f" since {_said(manifest.made_at)} are as they were then. Look through the people before you start."
        )


@contextmanager
def _shown(label: str) -> Iterator[Progress]:
    """A bar on a terminal; nothing in a timer's log."""
    with click.progressbar(length=100, label=label, file=sys.stderr, show_pos=False) as bar:
        yield lambda done, total: bar.update(100 * done // max(total, 1) - bar.pos)


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
