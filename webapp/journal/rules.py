"""What a journal keeps, and when two versions of an entry contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

MOST_TEXT = 20_000
PROMPTS = ("learned", "why")
TRASH_LASTS = timedelta(days=30)
REMEMBERED_OPS = 50


def knows_the_text(parent: UUID | None, since: Sequence[str]) -> bool:
    """Whether a writer whose last known op is `parent` has seen the present text.

    `since` are the ops on the entry from the one that set its text: showing, hiding, deleting and restoring leave the
    text as it was, so knowing any of them is knowing the text.
    """
    return parent is not None and str(parent) in since


def followed_by(op: UUID, since: Sequence[str]) -> list[str]:
    """The list after an op that left the text as it was."""
    first, rest = since[:1], since[1:]
    return [*first, *rest[-REMEMBERED_OPS:], str(op)]


def trash_ends(trashed_at: datetime) -> datetime:
    """When an entry in the trash is deleted for ever."""
    return trashed_at + TRASH_LASTS
