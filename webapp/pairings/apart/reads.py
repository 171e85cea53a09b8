"""Who is not to meet whom: by a coordinator's word, or by their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.pairings.apart.models import KeptApart
from webapp.people import Person
from webapp.profiles import profiles_of
from webapp.programmes import Programme, programme_or_404
from webapp.staff import hidden_from


def all_kept_apart() -> Mapping[UUID, frozenset[UUID]]:
    """Each person with everybody whom a coordinator of any programme keeps from them; one question to the database."""
    rows = db.session.execute(select(KeptApart.first_id, KeptApart.second_id)).all()
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for first, second in rows:
        found[first].add(second)
        found[second].add(first)
    return {each: frozenset(others) for each, others in found.items()}


def are_kept_apart(one: UUID, other: UUID) -> bool:
    """Whether a coordinator of any programme said so."""
    first, second = sorted((one, other))
    said = select(KeptApart.id).where(KeptApart.first_id == first, KeptApart.second_id == second)
    return db.session.scalar(said.limit(1)) is not None


def stand_apart(person_id: UUID, others: Collection[UUID]) -> set[UUID]:
    """Which of the others are not to meet this person: a coordinator said so, or either of the two for themselves.

    Whoever asks must not show which of these it is.
    """
    profiles = profiles_of({person_id, *others})
    said_no = {each: {no for part in known.parts.values() for no in part.vetoes} for each, known in profiles.items()}
    by_word = all_kept_apart().get(person_id, frozenset())
    return {each for each in others if each in by_word | said_no[person_id] or person_id in said_no[each]}


def kept_apart_in(programme: Programme, coordinator: Person) -> list[KeptApart]:
    """What was said in this programme, as far as this coordinator may read it, by name."""
    rows = db.session.scalars(select(KeptApart).where(KeptApart.programme_id == programme.id))
    return sorted((each for each in rows if _may_read(coordinator, programme, each)), key=lambda each: each.names)


def kept_apart_or_404(coordinator: Person, programme_id: UUID, row_id: UUID) -> KeptApart:
    """One of these; for whoever may not read it there is none."""
    programme = programme_or_404(coordinator, programme_id)
    row = db.session.get(KeptApart, row_id)
    if row is None or row.programme_id != programme.id or not _may_read(coordinator, programme, row):
        abort(404)
    return row


def _may_read(coordinator: Person, programme: Programme, row: KeptApart) -> bool:
    """Nobody reads what was said of themselves or of their own reports: another coordinator does."""
    two = {row.first_id, row.second_id}
    hers = any(programme.covers(coordinator, each) for each in (row.first, row.second))
    return hers and two.isdisjoint({coordinator.id, *hidden_from(coordinator)})
