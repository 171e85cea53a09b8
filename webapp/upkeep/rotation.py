"""`rotate-keys KIND`: a new key takes over while everything runs; what the old one opened stays open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from flask.cli import with_appcontext

from webapp.config import BadSettings, current_settings
from webapp.sealing import PAIR_KINDS, SECRET_KINDS, add_key, drop_retired

# How long a retired key is kept; a kind that is not here is kept for as long as anything of it may come.
KEPT_RETIRED = {
    "sealing": timedelta(days=400),  # a phone that lay in a drawer for a year still delivers
    "session": timedelta(days=180),  # as long as a session on one's own phone
}
WHAT_HAPPENS = {
    "session": "Nobody is signed out: cookies and open forms are taken under the old key for 180 days.",
    "sync": "Phones take it when they next connect; what was written before is still proven by the old one.",
    "rest": "New texts are sealed with it, and the worker seals the older ones anew. Backups need the old key.",
    "sealing": "Phones take it when they next connect; what was sealed before opens for 400 days.",
    "vapid": "Each phone subscribes again when Friendtor is next opened there; until then the old key goes on for it.",
}


@click.command("rotate-keys")
@click.argument("kind", type=click.Choice(sorted(SECRET_KINDS + PAIR_KINDS)))
@with_appcontext
def rotate_keys(kind: str) -> None:
    """Have a new key of KIND take over. Running processes notice within a second; nothing needs a restart."""
    settings = current_settings()
    if kind == "session" and settings.session_secret:
        raise BadSettings("Change SESSION_SECRET and restart: it is set, so the session keys of the folder are unused.")
    key_id = add_key(settings, kind)
    click.echo(f"The {kind} key is now {kind}-{key_id}.key. {WHAT_HAPPENS[kind]}")
    if kind in KEPT_RETIRED:
        for retired in drop_retired(settings, kind, KEPT_RETIRED[kind], datetime.now(UTC)):
            click.echo(f"Deleted {kind}-{retired}.key, retired for more than {KEPT_RETIRED[kind].days} days.")
    click.echo("Keep a copy of the folder `keys` elsewhere now: the last copy lacks this one.")
