"""What a phone may keep of check-ins, in the shape of docs/sync-protocol.md, kind checkin."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from webapp.checkins.models import Checkin, HelpedAnswer
from webapp.checkins.rules import Shift
from webapp.database import db
from webapp.people import Person
from webapp.push import told_at


def as_seen_by(reader: Person, ids: Collection[UUID]) -> dict[UUID, tuple[UUID | None, dict[str, object]]]:
    """For each check-in that the reader may see, its last op and what the reader may know of it."""
    rows = db.session.scalars(select(Checkin).where(Checkin.id.in_(list(ids)))).all()
    seen = [checkin for checkin in rows if checkin.may_be_read_by(reader)]
    helped = _answers([checkin.id for checkin in seen if checkin.author_id == reader.id])
    return {checkin.id: (checkin.head, _data(checkin, reader, helped)) for checkin in seen}


def _answers(ids: Collection[UUID]) -> dict[UUID, str | None]:
    rows = db.session.scalars(select(HelpedAnswer).where(HelpedAnswer.checkin_id.in_(list(ids))))
    return {row.checkin_id: row.answer for row in rows}


def _data(checkin: Checkin, reader: Person, helped: dict[UUID, str | None]) -> dict[str, object]:
    data: dict[str, object] = {
        "mine": checkin.author_id == reader.id,
        "pairing": str(checkin.pairing_id) if checkin.pairing_id else None,
        "audience": checkin.audience,
        "about": checkin.about,
        "shift_date": checkin.shift_date.isoformat(),
        "shift": _shift(checkin.shift),
        "day_uncertain": checkin.day_uncertain,
        "face": checkin.face,
        "contact": checkin.contact,
        "minutes": checkin.minutes,
        "need": checkin.need,
        "words": checkin.words,
        "written_at": _moment(checkin.written_at),
        "changed_at": _moment(checkin.changed_at),
        "read_at": _moment(checkin.read_at),
    }
    if checkin.author_id == reader.id:
        data |= {"helped": helped.get(checkin.id), "told_at": _moment(mentor_told_at(checkin))}
    return data


def mentor_told_at(checkin: Checkin) -> datetime | None:
    """When the mentor is told of an open "I'd like to talk"; None without one, or where nothing reaches them."""
    pairing = checkin.pairing
    if pairing is None or pairing.talk_wanted_checkin != checkin.id or not checkin.is_with_mentor():
        return None
    return told_at(pairing.mentor, pairing.talk_wanted_since or checkin.written_at)


def _shift(shift: Shift | None) -> dict[str, str] | None:
    if shift is None:
        return None
    return {"start": shift.start.isoformat(timespec="minutes"), "end": shift.end.isoformat(timespec="minutes")}


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
