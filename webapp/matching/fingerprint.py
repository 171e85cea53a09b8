"""A hash of all that a run depends on: the same hash and the same engine give the same pairs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter

from webapp.matching.cohort import Cohort, Standing
from webapp.matching.settings import Settings


def people_hash(cohort: Cohort) -> str:
    """Hexadecimal SHA-256 of everybody and what is known between them, whatever order they come in."""
    return _hash(
        {
            "mentees": sorted(cohort.mentees, key=lambda person: person.id),
            "mentors": sorted(cohort.mentors, key=lambda person: person.id),
            "managers": cohort.managers,
            "earlier": cohort.earlier,
            "synonyms": cohort.vocabulary.synonyms,
        }
    )


def input_hash(people: str, standing: Iterable[Standing], settings: Settings) -> str:
    """The same of a whole run: `people` is the hash of these."""
    pairs = sorted(standing, key=lambda pair: (pair.mentee, pair.mentor))
    return _hash({"people": people, "standing": pairs, "settings": settings})


def scores_hash(people: str, settings: Settings) -> str:
    """The same of what rules and scores depend on: two runs with this in common differ in mode, pairs or luck alone."""
    return _hash([people, settings.rules, settings.weights, settings.enough_minutes])


def _hash(written: object) -> str:
    text = json.dumps(written, default=_plain, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """What JSON itself cannot write: sets as sorted lists, our own classes as lists with their name first."""
    if isinstance(value, frozenset):
        return sorted(value) if all(isinstance(each, str) for each in value) else sorted(value, key=repr)
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *_reading(type(value))(value)]
    raise TypeError(f"{type(value).__name__} has no place in a run")


@cache
def _reading(kind: type[object]) -> Callable[[object], tuple[object, ...]]:
    """How to take all values out of a class of ours at once; each has two or more."""
    return attrgetter(*(field.name for field in fields(kind)))  # type: ignore[arg-type]
