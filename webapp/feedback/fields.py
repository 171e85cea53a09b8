"""What feedback on a pairing may say, validated the same for a form and for a phone's op."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

WORDS_LIMIT = 2_000
Grade = Annotated[int, Field(ge=1, le=5)]


def _plain(text: object) -> object:
    return text.replace("\x00", "").replace("\r\n", "\n") if isinstance(text, str) else "" if text is None else text


class FeedbackFields(BaseModel):
    """Unanswered is null; one answer of any kind is enough. `act`: the coordinator reads it with the author's name."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    pairing: UUID | None = None
    meeting_enough: Literal["too_often", "right", "too_rare"] | None = None
    helps: Grade | None = None
    safe_to_ask: Grade | None = None
    words: Annotated[str, BeforeValidator(_plain), Field(max_length=WORDS_LIMIT)] = ""
    act: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        answers = (self.meeting_enough, self.helps, self.safe_to_ask)
        if not self.words and all(answer is None for answer in answers):
            raise ValueError("one answer of any kind is needed")
        return self


class NoFields(BaseModel):
    """Taking back needs nothing said."""

    model_config = ConfigDict(extra="ignore")
