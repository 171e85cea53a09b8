"""What was typed on a shared device and never sent is kept for a year, and then let go of everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tests.people import Cast
from webapp import sync
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.feed import FeedRow
from webapp.sync.models import Draft

YEAR, DAY = timedelta(days=365), timedelta(days=1)


def typed(cast: Cast, at: datetime) -> UUID:
    with writing():
        draft = Draft(person_id=cast.mary, id=uuid7(), form="journal", written_at=at, head=uuid7())
        draft.keep({"text": "The long night"})
        db.session.add(draft)
        return draft.id


def test_a_draft_is_kept_for_a_year_and_then_gone_on_every_device(cast: Cast) -> None:
    old, young = typed(cast, now() - YEAR), typed(cast, now() - YEAR + DAY)
    with writing():
        sync.forget_old()
    assert db.session.scalars(select(Draft.id)).all() == [young]
    said = db.session.execute(select(FeedRow.entity_id, FeedRow.gone).where(FeedRow.kind == "draft")).all()
    assert [tuple(row) for row in said] == [(old, True)]
