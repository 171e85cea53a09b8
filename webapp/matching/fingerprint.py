"""A hash of all that a run depends on: the same hash and the same engine give the same pairs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from webapp.matching.cohort import Cohort
from webapp.matching.settings import Settings


def input_hash(cohort: Cohort, settings: Settings) -> str:
    """Hexadecimal SHA-256 of people and settings; the order in which people come does not matter."""
    written = {
        "mentees": sorted(cohort.mentees, key=lambda person: person.id),
        "mentors": sorted(cohort.mentors, key=lambda person: person.id),
        "managers": cohort.managers,
        "earlier": cohort.earlier,
        "standing": sorted(cohort.standing, key=lambda pair: (pair.mentee, pair.mentor)),
        "synonyms": cohort.vocabulary.synonyms,
        "settings": settings,
    }
    text = json.dumps(_plain(written), separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case str() | int() | None:
            return value
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case Set():
            return sorted((_plain(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
        case tuple() | list():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a run")
