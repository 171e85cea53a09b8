"""The run's own order of people: it decides ties, and depends on the seed and the ids alone."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TypeVar

from webapp.matching.people import Participant

Somebody = TypeVar("Somebody", bound=Participant)


def in_order(people: Iterable[Somebody], seed: str) -> tuple[Somebody, ...]:
    """Sorted by a hash of seed and id, so that no name comes first in every tie."""
    return tuple(sorted(people, key=lambda person: (_place(person.id, seed), person.id)))


def _place(person: str, seed: str) -> bytes:
    return blake2b(f"{seed}\0{person}".encode(), digest_size=16).digest()
