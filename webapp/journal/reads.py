"""Reading entries: every read starts at a person, and the one it was shown to reads that entry and nothing else."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import Select, select

from webapp.database import db
from webapp.journal.models import Entry
from webapp.pairings import Pairing, active_pairings_of
from webapp.people import Person

WHY = "why"


def entries_of(author: Person) -> Select[Entry]:
    """What stands in the author's journal, newest first."""
    return (
        select(Entry)
        .where(Entry.author_id == author.id, Entry.trashed_at.is_(None), Entry.erased_at.is_(None))
        .order_by(Entry.written_at.desc(), Entry.id.desc())
    )


def trash_of(author: Person) -> Select[Entry]:
    """What the author deleted and can still bring back, latest first. A tombstone without words is not listed."""
    return (
        select(Entry)
        .where(
            Entry.author_id == author.id,
            Entry.trashed_at.is_not(None),
            Entry.erased_at.is_(None),
            Entry.body_sealed.is_not(None),
        )
        .order_by(Entry.trashed_at.desc(), Entry.id.desc())
    )


def entries_shown_to(mentor: Person) -> Select[Entry]:
    """What mentees show this mentor now, newest first. A pairing that ended shows nothing more."""
    return (
        select(Entry)
        .join(Pairing, Pairing.id == Entry.shown_in_id)
        .where(
            Pairing.mentor_id == mentor.id,
            ~Pairing.is_over(),
            Entry.trashed_at.is_(None),
            Entry.erased_at.is_(None),
        )
        .order_by(Entry.shown_at.desc(), Entry.id.desc())
    )


def why_of(person: Person) -> Entry | None:
    """The person's own newest "why I started", or None. Never for anybody else to read."""
    return db.session.scalars(entries_of(person).where(Entry.prompt == WHY).limit(1)).first()


def own_entry_or_404(author: Person, entry_id: UUID) -> Entry:
    """An entry for its author, in the trash or not; a tombstone is none."""
    entry = db.session.get(Entry, entry_id)
    if entry is None or entry.author_id != author.id or entry.body_sealed is None:
        abort(404)
    return entry


def shown_entry_or_404(mentor: Person, entry_id: UUID) -> Entry:
    """An entry that a mentee shows this mentor now; for everybody else there is none."""
    entry = db.session.scalars(entries_shown_to(mentor).where(Entry.id == entry_id)).first()
    if entry is None:
        abort(404)
    return entry


def mentor_pairings_of(author: Person) -> list[Pairing]:
    """The pairings whose mentor the author could show an entry to."""
    return [pairing for pairing in active_pairings_of(author) if pairing.mentee_id == author.id]
