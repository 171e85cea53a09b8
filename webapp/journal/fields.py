"""What each op of a journal entry carries."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from webapp.journal.rules import MOST_TEXT

LENIENT = ConfigDict(extra="ignore", str_strip_whitespace=True)


class PlainBody(BaseModel):
    """The one scheme of version 1: text that the server seals at rest (docs/decisions/author-held-keys.md)."""

    model_config = LENIENT

    scheme: Literal["plain"] = "plain"
    text: str = Field(min_length=1, max_length=MOST_TEXT)


class EntryFields(BaseModel):
    """Of `entry.write` and `entry.amend`."""

    model_config = LENIENT

    prompt: Literal["learned", "why"] | None = None
    body: PlainBody


class ShowFields(BaseModel):
    """Of `entry.show`."""

    model_config = LENIENT

    pairing: UUID


class NoFields(BaseModel):
    """Of the ops that only name an entry."""

    model_config = LENIENT
