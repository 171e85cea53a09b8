"""Passwords: argon2, checked outside of any transaction, in the same time whether or not the person exists."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.people.models import Person
from webapp.people.rules import tidy_password

HASHER = PasswordHasher()


def hash_of(password: str) -> str:
    """The hash to keep. Slow by design: make it before `writing()`, not inside."""
    return HASHER.hash(tidy_password(password))


def is_password_of(person: Person | None, password: str) -> bool:
    """Whether this person signs in with this password. Nobody, and who has no password, take as long to refuse."""
    kept = person.password_hash if person is not None and person.is_active else None
    try:
        right = HASHER.verify(kept or _hash_of_nobody(), tidy_password(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def newer_hash(person: Person, password: str) -> str | None:
    """A hash with today's parameters, when the kept one has older ones."""
    kept = person.password_hash
    return hash_of(password) if kept and HASHER.check_needs_rehash(kept) else None


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    return HASHER.hash("nobody signs in with this")
