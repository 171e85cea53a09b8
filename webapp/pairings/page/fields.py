"""What the forms of a pair's page say, validated."""

from __future__ import annotations

from datetime import date, time

from pydantic import BaseModel, ConfigDict, Field

LINE_LIMIT = 200
WORDS_LIMIT = 2000


class _Fields(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class NextContactFields(_Fields):
    """Without a day there is no next contact any more."""

    on: date | None
    at: time | None = None
    place: str = Field(default="", max_length=LINE_LIMIT)


class ContactCardFields(_Fields):
    """Without a way to be reached nothing is shared any more."""

    reach: str = Field(default="", max_length=LINE_LIMIT)
    hours: str = Field(default="", max_length=LINE_LIMIT)


class SharedNoteFields(_Fields):
    words: str = Field(min_length=1, max_length=WORDS_LIMIT)
