"""The state of things for an administrator: what /healthz knows, and the figures behind it. Nothing of anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp import mail, push
from webapp.database import db
from webapp.sealing import PAIR_KINDS, SECRET_KINDS, current_keys, left_under_older_keys, made_at
from webapp.watch.reads import signs
from webapp.watch.rules import Signs

SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@dataclass(frozen=True)
class State:
    """How everything stands. `attention` are words for what to look at, the most urgent first; `hints` can wait."""

    signs: Signs
    attention: list[str]
    hints: list[str]
    services: list[push.TroubledService]
    push: push.Figures
    letters: int
    database: str
    database_bytes: int
    keys: dict[str, datetime]
    under_older_keys: int


def state_of_things() -> State:
    """Read it all; for a page that an administrator opens now and then."""
    found, figures = signs(), push.figures()
    dialect = db.engine.dialect.name
    return State(
        signs=found,
        attention=_attention(found),
        hints=_hints(found, figures),
        services=push.troubled_services(),
        push=figures,
        letters=mail.how_many_wait(),
        database=dialect,
        database_bytes=int(db.session.scalar(text(SIZE[dialect])) or 0),
        keys=_newest_keys(),
        under_older_keys=left_under_older_keys(),
    )


def _attention(found: Signs) -> list[str]:
    parts = found.parts
    asked = {
        "worker_silent": parts["worker"] == "silent",
        "push_late": parts["push"] == "late",
        "push_services_stopped": parts["push_services"] == "stopped",
        "push_off": not found.push_is_on,
        "letters_late": parts["letters"] == "late",
        "backup_old": found.backup_is_old,
        "backup_never": found.last_backup is None and not found.backup_is_old,
    }
    return [word for word, is_so in asked.items() if is_so]


def _hints(found: Signs, figures: push.Figures) -> list[str]:
    asked = {"devices_stopped": figures.devices_stopped > 0, "mail_off": not found.mail_is_on}
    return [word for word, is_so in asked.items() if is_so]


def _newest_keys() -> dict[str, datetime]:
    """When the key of each kind that is used now was made, by the machine's clock."""
    ring = current_keys()
    newest = {kind: ring.newest_secret(kind)[0] for kind in SECRET_KINDS}
    newest |= {kind: ring.newest_pair(kind)[0] for kind in PAIR_KINDS}
    return {kind: made_at(key_id) for kind, key_id in newest.items()}
