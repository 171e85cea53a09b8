"""What a phone may keep of feedback, in the shape of docs/sync-protocol.md: its author's own, nobody else's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.feedback.models import Feedback
from webapp.people import Person


def as_seen_by(reader: Person, ids: Collection[UUID]) -> dict[UUID, tuple[UUID | None, dict[str, object]]]:
    """The reader's own feedback that was not taken back."""
    rows = db.session.scalars(
        select(Feedback).where(
            Feedback.id.in_(list(ids)), Feedback.author_id == reader.id, Feedback.taken_back_at.is_(None)
        )
    )
    return {row.id: (row.head, _data(row)) for row in rows}


def _data(feedback: Feedback) -> dict[str, object]:
    return {
        "pairing": str(feedback.pairing_id) if feedback.pairing_id else None,
        "meeting_enough": feedback.meeting_enough,
        "helps": feedback.helps,
        "safe_to_ask": feedback.safe_to_ask,
        "words": feedback.words,
        "act": feedback.act_since is not None,
        "given_at": feedback.given_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
