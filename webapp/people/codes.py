"""Making and recognising what opens the door once.

A link's token is long enough for a plain hash. A typed code is short: its hash is keyed with a key that is not in the
database, and bound to its person, so that a copy of the database gives nobody a code.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from webapp.people.rules import CODE_LETTERS, tidy_code
from webapp.sealing import current_keys, find_secret


def fresh_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def fresh_letters(length: int = 12) -> str:
    """A code to type, five bits a letter."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def fresh_digits(length: int = 8) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(length))


def hash_of_code(code: str, person_id: UUID) -> str:
    """The key's id and the keyed hash of a typed code."""
    key_id, key = current_keys().newest_secret("sync")
    return f"{key_id}.{_keyed(key, code, person_id)}"


def is_code(typed: str, kept: str, person_id: UUID) -> bool:
    """Whether a typed code is the one whose hash was kept; in constant time."""
    key_id, _, hashed = kept.partition(".")
    key = find_secret("sync", key_id)
    return key is not None and hmac.compare_digest(_keyed(key, typed, person_id), hashed)


def _keyed(key: bytes, code: str, person_id: UUID) -> str:
    said = f"friendtor code 1|{person_id}|{tidy_code(code)}"
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
