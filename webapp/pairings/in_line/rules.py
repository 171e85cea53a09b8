"""Who stands too near another one at work: pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID


def is_in_line(
    senior: UUID, junior: UUID, chains: Mapping[UUID, Collection[UUID]], assessors: Mapping[UUID, UUID | None]
) -> bool:
    """Whether one of the two is above the other, over however many steps, or the senior assesses the junior.

    `chains` holds everybody above each of the two.
    """
    return senior in chains[junior] or junior in chains[senior] or assessors.get(junior) == senior
