"""What somebody had typed when their sign-in ended, kept in the page until they are back.

It is sealed to whoever typed it: the next person at a shared device can neither read it nor send it as their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from flask import request

from webapp.people.devices import last_person_here
from webapp.people.models import Person
from webapp.people.sessions import whose_cookie
from webapp.sealing import from_base64url, open_text, seal_text, to_base64url

NOBODY = UUID(int=0)
PLACE = "kept.post"


@dataclass(frozen=True, slots=True)
class KeptPost:
    """A form's post: where it went and each name with its value, in order."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """What a person wrote in it, as far as one can tell from outside: text with a space in it."""
        return [value for name, value in self.fields if " " in value.strip() and not name.startswith("_")]


def keep_post() -> str:
    """The posted form of this request, sealed. Passwords and the old token are left out."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name
    ]
    author = whose_cookie() or last_person_here() or NOBODY
    said = json.dumps({"path": request.full_path.removesuffix("?"), "fields": fields})
    return to_base64url(seal_text(said, PLACE, author))


def open_kept(sealed: str, person: Person) -> KeptPost | None:
    """The post again, if this person typed it or nobody knows who did; None otherwise."""
    for author in (person.id, NOBODY):
        try:
            said = json.loads(open_text(from_base64url(sealed), PLACE, author))
        except (ValueError, IndexError):
            continue
        return KeptPost(said["path"], [(name, value) for name, value in said["fields"]])
    return None
