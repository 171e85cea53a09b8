"""What each op of a journal entry carries."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from webapp.journal.rules import MOST_TEXT

LENIENT = ConfigDict(extra="ignore", str_strip_whitespace=True)


def _plain(text: object) -> object:
    """A form sends line ends as browsers do; a phone does not. The same words must be the same text."""
    return text.replace("\x00", "").replace("\r\n", "\n") if isinstance(text, str) else text


class PlainBody(BaseModel):
    """The one scheme of version 1: text that the server seals at rest (docs/decisions/0005-a-journal-body-…)."""

    model_config = LENIENT

    scheme: Literal["plain"] = "plain"
    text: Annotated[str, BeforeValidator(_plain), Field(min_length=1, max_length=MOST_TEXT)]


class EntryFields(BaseModel):
    """Of `entry.write` and `entry.amend`."""

    model_config = LENIENT

    prompt: Literal["learned", "why"] | None = None
    body: PlainBody

    @classmethod
    def saying(cls, text: str, prompt: str | None = None) -> EntryFields:
        """An entry of plain text."""
        return cls.model_validate({"prompt": prompt, "body": {"scheme": "plain", "text": text}})


class ShowFields(BaseModel):
    """Of `entry.show`."""

    model_config = LENIENT

    pairing: UUID


class NoFields(BaseModel):
    """Of the ops that only name an entry."""

    model_config = LENIENT
