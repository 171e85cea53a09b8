"""How long a check-in is kept: a year after its pair's end; the day on which it was written is a figure and stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from webapp import feed
from webapp.checkins.models import Checkin, CheckinDay
from webapp.database import db, inserting
from webapp.pairings import AT_ONCE, KEPT_AFTER_THE_END, Pairing


def forget_old(at: datetime) -> int:
    """Let go of a bundle of check-ins inside a write transaction, kept ones too, and tell the phones that hold them.

    What she wrote for herself after the end was never of the pair: it stays. Returns how many went; there may be more.
    """
    old = db.session.scalars(
        select(Checkin)
        .join(Checkin.pairing)
        .where(Pairing.is_over_since(at - KEPT_AFTER_THE_END), ~Pairing.is_over_since(Checkin.written_at))
        .limit(AT_ONCE)
    ).all()
    for checkin in old:
        feed.touch(checkin.author_id, "checkin", checkin.id, gone=True)
        if checkin.pairing is not None and checkin.is_with_mentor():
            feed.touch(checkin.pairing.mentor_id, "checkin", checkin.id, gone=True)
        if checkin.pairing_id is not None and checkin.taken_back_at is None:
            _keep_the_day(checkin.pairing_id, checkin)
    gone = delete(Checkin).where(Checkin.id.in_([checkin.id for checkin in old]))
    db.session.execute(gone.execution_options(synchronize_session=False))
    return len(old)


def _keep_the_day(pairing_id: UUID, checkin: Checkin) -> None:
    day = checkin.written_at.astimezone(ZoneInfo(checkin.author.zone)).date()
    db.session.execute(inserting(CheckinDay, pairing_id=pairing_id, written_on=day).on_conflict_do_nothing())
