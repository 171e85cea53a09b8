"""What an op said, in a form that a page can show whoever made it: nothing in it is believed to have a shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CONTACTS = ("in_person", "call", "message", "none")
NEEDS = ("question", "talk")
LOOKS_LIKE_WORDS = re.compile(r"\s|[^\W\d_]{12,}|[.!?]")


@dataclass(frozen=True, slots=True)
class Said:
    """One op for a reader: kind and action as codes, and what was told."""

    kind: str
    action: str
    words: str
    face: int | None
    contact: str | None
    minutes: int | None
    need: str | None


def said_in(kind: str, action: str, fields: dict[str, Any]) -> Said:
    """What stands in the fields of an op; what has another shape than expected is left out."""
    contact, need = fields.get("contact"), fields.get("need")
    return Said(
        kind=kind,
        action=action,
        words=words_of(fields),
        face=_number(fields.get("face"), 1, 5),
        contact=contact if contact in CONTACTS else None,
        minutes=_number(fields.get("minutes"), 1, 600),
        need=need if need in NEEDS else None,
    )


def words_of(fields: dict[str, Any]) -> str:
    """All that somebody typed, in the order of the fields; ids and codes are left out."""
    others = {name: value for name, value in fields.items() if name not in ("words", "body")}
    body = fields.get("body")
    texts = [fields.get("words"), body.get("text") if isinstance(body, dict) else None]
    typed = [text for text in texts if isinstance(text, str) and text]
    return "\n".join(typed or _texts(others))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if LOOKS_LIKE_WORDS.search(value):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _number(value: object, least: int, most: int) -> int | None:
    is_one = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    return value if is_one else None  # type: ignore[return-value]
