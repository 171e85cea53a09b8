"""The op `read.mark`: one word for what a reader read, whichever room it stands in."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from webapp import checkins, pairings
from webapp.ledger import Written
from webapp.people import Person


class ReadFields(BaseModel):
    """Of `read.mark`."""

    model_config = ConfigDict(extra="ignore")

    what: Literal["checkin", "note"]
    id: UUID


def mark_read(reader: Person, written: Written, fields: ReadFields) -> None:
    """Only the reader's own tap says "I read this"."""
    if fields.what == "checkin":
        checkins.mark_checkin_read(reader, written, checkins.CheckinReadFields(what="checkin", id=fields.id))
    else:
        pairings.mark_note_read(reader, written, pairings.NoteReadFields(what="note", id=fields.id))
