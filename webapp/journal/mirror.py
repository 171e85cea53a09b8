"""Entries as one reader may see them: all of their own, and what a mentee shows them now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.database import db
from webapp.journal.models import Entry
from webapp.people import Person


def as_seen_by(reader: Person, ids: Collection[UUID]) -> dict[UUID, tuple[UUID | None, dict[str, object]]]:
    """Of these entries, the head and data of each that the reader may see."""
    found = db.session.scalars(select(Entry).where(Entry.id.in_(list(ids))).options(joinedload(Entry.shown_in)))
    seen: dict[UUID, tuple[UUID | None, dict[str, object]]] = {}
    for entry in found:
        if entry.author_id == reader.id and entry.body_sealed is not None:
            seen[entry.id] = (entry.head, _data(entry, mine=True))
        elif _is_shown_to(entry, reader):
            seen[entry.id] = (None, _data(entry, mine=False))
    return seen


def _is_shown_to(entry: Entry, reader: Person) -> bool:
    pairing = entry.shown_in
    return entry.is_kept() and pairing is not None and pairing.mentor_id == reader.id and pairing.over_since is None


def _data(entry: Entry, mine: bool) -> dict[str, object]:
    return {
        "mine": mine,
        "author": None if mine else entry.author.name,
        "prompt": entry.prompt,
        "body": entry.body,
        "written_at": moment(entry.written_at),
        "changed_at": moment(entry.changed_at),
        "shown": entry.shown_in_id is not None,
        "trashed_at": moment(entry.trashed_at) if mine else None,
        "recovered": entry.recovered_from is not None if mine else False,
    }


def moment(at: datetime | None) -> str | None:
    """A moment as it stands on the wire."""
    return at.isoformat().replace("+00:00", "Z") if at else None
