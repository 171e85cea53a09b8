"""Somebody who gave the right password and still has to show a code: a sealed ticket that stands in the page.

It opens nothing by itself, and ends after ten minutes or with another password.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from webapp.clock import now
from webapp.database import db
from webapp.people.models import Person
from webapp.people.second_factor import is_needed_here
from webapp.people.sessions import sign_in_here
from webapp.sealing import from_base64url, open_text, seal_text, to_base64url

GOOD_FOR = timedelta(minutes=10)
PLACE, ANYBODY = "sign_in.half_way", UUID(int=0)


class CodeNeeded(Exception):
    """The door stays shut until a code is shown beside this ticket."""

    def __init__(self, ticket: str) -> None:
        super().__init__("a second step is needed")
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Who is at the door, and whose device it is."""

    person: Person
    kind: str


def sign_in_or_ask(person: Person, kind: str, device_name: str) -> str:
    """Sign in here, inside a write transaction; or, where a code is needed first, return the ticket for it."""
    if is_needed_here(person, kind):
        return _ticket(person, kind)
    sign_in_here(person, kind, device_name)
    return ""


def half_way(ticket: str) -> HalfWay | None:
    """Who holds this ticket; None when it is not ours, too old, or the password changed since."""
    try:
        said = json.loads(open_text(from_base64url(ticket), PLACE, ANYBODY))
    except (ValueError, IndexError):
        return None
    person = db.session.get(Person, UUID(said["person"]))
    if person is None or not person.is_active or said["stamp"] != _stamp(person) or now().timestamp() > said["until"]:
        return None
    return HalfWay(person, said["kind"])


def _ticket(person: Person, kind: str) -> str:
    until = (now() + GOOD_FOR).timestamp()
    said = {"person": str(person.id), "kind": kind, "until": until, "stamp": _stamp(person)}
    return to_base64url(seal_text(json.dumps(said), PLACE, ANYBODY))


def _stamp(person: Person) -> str:
    return hashlib.sha256((person.password_hash or "").encode()).hexdigest()
