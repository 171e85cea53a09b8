"""`python -m webapp COMMAND`: the same commands as `flask`, and settings that cannot be right end in one sentence."""

import sys

import click
from flask.cli import FlaskGroup

from webapp.app import create_app
from webapp.backups import restore
from webapp.config import BadSettings


@click.group(cls=FlaskGroup, create_app=create_app)
def friendtor() -> None:
    """Commands for whoever looks after this installation."""


friendtor.add_command(restore)  # here, not with the app's own: it makes the app once there is something to open


def main() -> None:
    """Run one command; exit 2 with one sentence where settings must be put right first."""
    try:
        friendtor()
    except BadSettings as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201  the one place that speaks to a terminal
        sys.exit(2)


if __name__ == "__main__":
    main()
