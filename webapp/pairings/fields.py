"""What a phone or a form may say about notes and talks: one model for each action, limits as in the protocol."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

WORDS_LIMIT = 2000
MINUTES_LIMIT = 600


class _Fields(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class NoteFields(_Fields):
    """Of note.write: one line to the partner, perhaps the answer to a check-in."""

    pairing: UUID
    words: str = Field(min_length=1, max_length=WORDS_LIMIT)
    reply_to: UUID | None = None


class TalkFields(_Fields):
    """Of talk.record and talk.amend."""

    pairing: UUID
    contact: Literal["in_person", "call", "message"]
    on: date
    minutes: int | None = Field(default=None, ge=1, le=MINUTES_LIMIT)


class NoteReadFields(_Fields):
    """Of read.mark, when it is a note that was read."""

    what: Literal["note"]
    id: UUID


class NoFields(_Fields):
    """Of note.take_back and talk.take_back."""
