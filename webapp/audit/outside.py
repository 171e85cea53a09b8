"""The few decisions that no restored backup may undo: an append-only file beside the database, replayed after it.

One JSON object a line: {"at": moment, "what": kind, "person": id, ...}. It holds ids, never a word of anybody.
`text_erased` and `text_redacted`, each with "entity_kind" and "entity", are reserved for what will write them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from webapp.clock import now
from webapp.config import BadSettings, Settings, current_settings
from webapp.database import db

ACCOUNT_CLOSED, ACCOUNT_OPENED, ROLES_CHANGED = "account_closed", "account_opened", "roles_changed"
KINDS = (ACCOUNT_CLOSED, ACCOUNT_OPENED, ROLES_CHANGED)
LATER = "decisions"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. `more` is what its kind needs beside, such as the roles."""

    at: datetime
    what: str
    person: UUID
    more: dict[str, Any] = field(default_factory=dict)


def decisions_file(settings: Settings) -> Path:
    """Where it is. Several machines on one database need one folder that they share."""
    return settings.data_dir / "decisions.log"


def keep_outside(what: str, person: UUID, **more: Any) -> None:
    """Remember a decision of the transaction under way; it is written with it, and not when it fails."""
    db.session.info.setdefault(LATER, []).append(Decision(now(), what, person, more))


def write_decisions() -> None:
    """Write what was decided, safely on disk, just before the commit: rather one too many than one too few."""
    decisions: list[Decision] = db.session.info.pop(LATER, [])
    if not decisions:
        return
    lines = "".join(_line(decision) for decision in decisions)
    handle = os.open(decisions_file(current_settings()), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def decisions_outside(settings: Settings) -> Iterator[Decision]:
    """All of them, oldest first; the last one on a person is what holds. Raises `BadSettings` for a broken line."""
    path = decisions_file(settings)
    lines = path.read_text().splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        yield _read(line, f"line {number} of {path}")


def _line(decision: Decision) -> str:
    said = {"at": decision.at.isoformat(), "what": decision.what, "person": str(decision.person), **decision.more}
    return json.dumps(said) + "\n"


def _read(line: str, where: str) -> Decision:
    try:
        said = json.loads(line)
        at, what, person = datetime.fromisoformat(said.pop("at")), said.pop("what"), UUID(said.pop("person"))
    except (ValueError, KeyError, AttributeError):
        raise BadSettings(
            f"Put {where} right: it cannot be read, and what it says must hold after a restore."
        ) from None
    if what not in KINDS:
        raise BadSettings(f"Install a newer Friendtor: this one does not know “{what}” in {where}.")
    return Decision(at, what, person, said)
