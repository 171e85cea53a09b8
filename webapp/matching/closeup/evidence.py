"""What a page can show as the reason for points: facts that both sides may read, and nothing about own choices."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.matching.week import Span


@dataclass(frozen=True, slots=True)
class StyleMeeting:
    """Where the two stand on one question (0 to 4), and whether either wanted the other to be like or different."""

    question: str
    mentee: int
    mentor: int
    wanted_like: bool
    wanted_different: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tags as the mentee wrote them. `missing_goals` are those that the mentor does not know. `spans` are the times of
    a usual week at which both are at work, `minutes` all of them together; `again` is whether they were a pair."""

    goals: tuple[str, ...] = ()
    missing_goals: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    minutes: int = 0
    style: tuple[StyleMeeting, ...] = ()
    again: bool = False
