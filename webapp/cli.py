"""The commands: `flask prepare` makes everything that must exist before web and worker start."""

from __future__ import annotations

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from webapp import backups, demo, pwa, setup, upkeep
from webapp.config import BadSettings, Settings, current_settings
from webapp.database import bring_tables_up_to_date, known_migrations, newest_migrations_seen, writing
from webapp.people import NoAdministrator, Person, let_administrator_in_again, the_organisation
from webapp.web import health


def register_commands(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(prepare)
    app.cli.add_command(recover_administrator)
    app.cli.add_command(backups.backup)
    app.cli.add_command(upkeep.rotate_keys)


@click.command()
@click.option("--host", default="127.0.0.1", help="The address that the web process will listen at.")
@click.option("--port", type=int, help="Its port; refused when another program has it.")
def prepare(host: str, port: int | None) -> None:
    """Make keys, bring the database up to date and lay out the assets; once at a time, safe to repeat."""
    settings = current_settings()
    if port is not None:
        refuse_a_taken_port(host, port)
    with _one_at_a_time(settings):
        bring_database_up_to_date()
        pwa.build(current_app._get_current_object())  # type: ignore[attr-defined]
        demonstrate_or_not(settings)
        code = setup.fresh_code()
        with writing():
            health.note_start()
            health.note_wish_for_backups(settings.backup_days > 0)
    click.echo(f"Friendtor is at {settings.public_url} (Ctrl-C stops it).")
    if code is not None:
        click.echo(f"Nobody is here yet. Open {settings.public_url}/set-up and type this code: {code}")


@click.command("recover-administrator")
@click.argument("identifier")
def recover_administrator(identifier: str) -> None:
    """Let an administrator in again who lost the password or the second step: prints a link, good for one hour.

    IDENTIFIER is the e-mail or the staff number. The second step is turned off, every sign-in of before ends.
    """
    with writing():
        person = Person.by_identifier(identifier)
        if person is None:
            raise click.ClickException(f"Nobody here has the e-mail or staff number {identifier}.")
        try:
            ticket = let_administrator_in_again(person)
        except NoAdministrator:
            said = f"{identifier} is no administrator, and another one can sign in: ask them."
            raise click.ClickException(said) from None
        name = person.name
    click.echo(f"Give this link to {name} and to nobody else: {ticket.link}")


def bring_database_up_to_date() -> None:
    """Run the migrations that this database has not seen. Raises `BadSettings` when it is out of reach, or newer."""
    try:
        if newest_migrations_seen() - known_migrations():
            raise BadSettings(
                "Install the version of Friendtor that last used this database, or restore the backup of before its"
                " update: the database is newer than this program."
            )
        bring_tables_up_to_date()
    except OperationalError as error:
        said = str(error.orig).strip().splitlines()[0] if error.orig else "no answer"
        raise BadSettings(f"Set DATABASE_URL to a database that can be reached ({said}).") from None


def demonstrate_or_not(settings: Settings) -> None:
    """Fill a demonstration once; keep invented people and real ones apart. Raises `BadSettings`."""
    organisation = the_organisation()
    if settings.demo:
        demo.refuse_a_real_hospital()
        demo.fill()
    elif organisation is not None and organisation.demo_since is not None and settings.production:
        raise BadSettings("Set FRIENDTOR_DATA to another folder: this one has invented people without passwords.")


def refuse_a_taken_port(host: str, port: int) -> None:
    """Raise `BadSettings` when another program listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise BadSettings(f"Set PORT to a free port: {port} is taken by another program.") from None


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    with (settings.data_dir / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
