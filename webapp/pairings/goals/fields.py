"""What the forms of goals say, validated."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

KINDS = ("goal", "practical", "people")
WORDS_LIMIT, STEP_LIMIT, REVIEW_LIMIT = 400, 200, 1000
SUREST = 10


class _Fields(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class GoalFields(_Fields):
    """`before` is how sure she felt when it began, 0 to 10."""

    kind: str = Field(pattern="^(goal|practical|people)$")
    words: str = Field(min_length=1, max_length=WORDS_LIMIT)
    before: int | None = Field(default=None, ge=0, le=SUREST)


class StepFields(_Fields):
    goal: UUID
    words: str = Field(min_length=1, max_length=STEP_LIMIT)


class TickFields(_Fields):
    goal: UUID
    done: bool


class ReachedFields(_Fields):
    """`after` is how sure she feels now."""

    reached: bool
    after: int | None = Field(default=None, ge=0, le=SUREST)


class ReviewFields(_Fields):
    """Without words the review is taken back."""

    words: str = Field(default="", max_length=REVIEW_LIMIT)


class GoalOnlyFields(_Fields):
    goal: UUID
