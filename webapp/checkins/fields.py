"""What a check-in may say, validated the same for a form and for a phone's op."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from webapp.checkins.rules import LONGEST_SHIFT, TALKS, WORDS_LIMIT, Shift, says_anything


def _plain(text: object) -> object:
    return text.replace("\x00", "").replace("\r\n", "\n") if isinstance(text, str) else "" if text is None else text


WallClock = Annotated[datetime, Field(description="local, YYYY-MM-DDTHH:MM")]


class ShiftFields(BaseModel):
    """A shift by the writer's wall clock."""

    model_config = ConfigDict(extra="ignore")

    start: WallClock
    end: WallClock

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("a shift is told by the wall clock, without a zone")
        if not timedelta(0) < self.end - self.start <= LONGEST_SHIFT:  # a difference stays inside the calendar
            raise ValueError("a shift ends after it begins, within 26 hours")
        return self


class CheckinFields(BaseModel):
    """A check-in. Unanswered is null; minutes and "Did it help?" speak of a talk and are dropped without one."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    pairing: UUID | None = None
    audience: Literal["mentor", "self"]
    about: Literal["shift", "since"] = "shift"
    shift_date: date | None = None
    shift: ShiftFields | None = None
    face: Annotated[int, Field(ge=1, le=5)] | None = None
    contact: Literal["in_person", "call", "message", "none"] | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    need: Literal["question", "talk"] | None = None
    words: Annotated[str, BeforeValidator(_plain), Field(max_length=WORDS_LIMIT)] = ""
    helped: Literal["yes", "a_little", "no"] | None = None

    @model_validator(mode="after")
    def _speaks_of_a_talk_only_after_one(self) -> Self:
        if self.contact not in TALKS:
            self.minutes = self.helped = None
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not says_anything(self.face, self.contact, self.need, self.words, self.helped):
            raise ValueError("one answer of any kind is needed")
        return self

    @property
    def worked(self) -> Shift | None:
        return Shift(self.shift.start, self.shift.end) if self.shift else None


class TakeBackFields(BaseModel):
    """Taking back needs nothing said."""

    model_config = ConfigDict(extra="ignore")


class CheckinReadFields(BaseModel):
    """Of read.mark, when it is a check-in that was read."""

    model_config = ConfigDict(extra="ignore")

    what: Literal["checkin"]
    id: UUID
