"""Drafts of shared devices: kept here, sealed, and given back to their author on any device."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from webapp import feed
from webapp.clock import now
from webapp.database import db
from webapp.ledger import Written
from webapp.people import Person
from webapp.sync.models import Draft
from webapp.sync.wire import moment

KEPT = timedelta(days=365)


class DraftFields(BaseModel):
    """Of `draft.save`: the form's name and whatever stands in it."""

    model_config = ConfigDict(extra="ignore")

    form: str = Field(min_length=1, max_length=80)
    fields: dict[str, Any]


class DropFields(BaseModel):
    """Of `draft.drop`: none."""

    model_config = ConfigDict(extra="ignore")


def save_draft(author: Person, written: Written, fields: DraftFields) -> None:
    """Replace the draft of this form, unless a later one, or a later farewell, is here already."""
    draft = _draft_for(author, written)
    if draft is not None:
        draft.form = fields.form
        draft.keep(fields.fields)
        feed.touch(author.id, "draft", draft.id)


def drop_draft(author: Person, written: Written, _fields: DropFields) -> None:
    """The text was saved or thrown away. A save of the past that comes late does not bring it back."""
    draft = _draft_for(author, written)
    if draft is not None:
        draft.fields_sealed = None
        feed.touch(author.id, "draft", draft.id, gone=True)


def forget_old() -> None:
    """Let go of what nobody typed on for a year, and have devices let go of it too; inside a write transaction."""
    old = db.session.scalars(select(Draft).where(Draft.written_at <= now() - KEPT)).all()
    for draft in old:
        feed.touch(draft.person_id, "draft", draft.id, gone=True)
        db.session.delete(draft)


def as_seen_by(reader: Person, ids: Collection[UUID]) -> dict[UUID, tuple[UUID | None, dict[str, object]]]:
    """The reader's own drafts."""
    found = db.session.scalars(select(Draft).where(Draft.person_id == reader.id, Draft.id.in_(list(ids))))
    return {
        draft.id: (draft.head, {"form": draft.form, "fields": fields, "saved_at": moment(draft.written_at)})
        for draft in found
        if (fields := draft.fields) is not None
    }


def _draft_for(author: Person, written: Written) -> Draft | None:
    draft = db.session.get(Draft, (author.id, written.entity))
    if draft is None:
        draft = Draft(person_id=author.id, id=written.entity, form="")
        db.session.add(draft)
    elif draft.written_at > written.at:
        return None
    draft.written_at, draft.head = written.at, written.op
    return draft
