"""What phones may keep of pairings, notes and talks, in the shapes of docs/sync-protocol.md."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select

from webapp.clock import now
from webapp.database import db
from webapp.pairings.models import Contact, Note, Pairing
from webapp.pairings.signs import Signs, signs_of
from webapp.people import Person

Seen = dict[UUID, tuple[UUID | None, dict[str, object]]]


def pairings_as_seen_by(reader: Person, ids: Collection[UUID]) -> Seen:
    """Pairings that began, ended ones too. Before both have joined nobody learns who the other is."""
    rows = db.session.scalars(select(Pairing).where(Pairing.id.in_(list(ids)), _theirs(reader)))
    pairings = [pairing for pairing in rows if pairing.started_at is not None]
    signs = signs_of(pairings)
    return {each.id: (None, _pairing(reader, each, signs[each.id])) for each in pairings}


def notes_as_seen_by(reader: Person, ids: Collection[UUID]) -> Seen:
    """Notes to and from the reader that were not taken back."""
    rows = db.session.scalars(
        select(Note).join(Note.pairing).where(Note.id.in_(list(ids)), Note.taken_back_at.is_(None), _theirs(reader))
    )
    return {note.id: (note.head, _note(reader, note)) for note in rows}


def talks_as_seen_by(reader: Person, ids: Collection[UUID]) -> Seen:
    """Talks that either side logged by itself; what a check-in brought is in the check-in."""
    rows = db.session.scalars(
        select(Contact)
        .join(Contact.pairing)
        .where(
            Contact.id.in_(list(ids)),
            Contact.taken_back_at.is_(None),
            Contact.checkin_id.is_(None),
            _theirs(reader),
        )
    )
    return {talk.id: (talk.head, _talk(reader, talk)) for talk in rows}


def _theirs(reader: Person) -> ColumnElement[bool]:
    return or_(Pairing.mentor_id == reader.id, Pairing.mentee_id == reader.id)


def _pairing(reader: Person, pairing: Pairing, signs: Signs) -> dict[str, object]:
    started, wants = pairing.started_at, pairing.talk_wanted_since
    return {
        "role": pairing.role_of(reader),
        "partner": pairing.partner_of(reader).name,
        "programme": pairing.programme.name,
        "interval_days": pairing.interval_on(now()),
        "why": pairing.why,
        "started_on": started.astimezone(ZoneInfo(reader.zone)).date().isoformat() if started else None,
        "last_talk_on": signs.last_talk_on.isoformat() if signs.last_talk_on else None,
        "wants_talk_since": _moment(wants) if wants else None,
        "ended": not pairing.is_active(),
        "held": pairing.is_held and pairing.ended_at is None,
    }


def _note(reader: Person, note: Note) -> dict[str, object]:
    return {
        "mine": note.author_id == reader.id,
        "pairing": str(note.pairing_id),
        "words": note.words,
        "reply_to": str(note.reply_to) if note.reply_to else None,
        "written_at": _moment(note.written_at),
        "read_at": _moment(note.read_at) if note.read_at else None,
    }


def _talk(reader: Person, talk: Contact) -> dict[str, object]:
    return {
        "mine": talk.recorded_by_id == reader.id,
        "pairing": str(talk.pairing_id),
        "contact": talk.means,
        "on": talk.happened_on.isoformat(),
        "minutes": talk.minutes,
        "by_coordinator": talk.by_coordinator,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
