"""What the forms of introductions say, validated."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from webapp.pairings.introductions.rules import ABOUT_LIMIT, LED_TO, LINE_LIMIT, WHY_LIMIT


class _Fields(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class OpenFields(_Fields):
    about: str = Field(min_length=1, max_length=ABOUT_LIMIT)
    minutes: Literal[5, 10, 15, 30]


class IntroduceFields(_Fields):
    person: UUID
    why: str = Field(min_length=1, max_length=WHY_LIMIT)


class AnswerFields(_Fields):
    wants: bool


class LedToFields(_Fields):
    """With neither codes nor a line the question is skipped."""

    codes: tuple[Literal["talk", "visit", "advice", "contact", "nothing"], ...] = Field(
        default=(), max_length=len(LED_TO)
    )
    line: str = Field(default="", max_length=LINE_LIMIT)
