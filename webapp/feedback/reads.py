"""Who finds which feedback: authors their own, coordinators what they are asked to act on. Nobody finds the rest."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.feedback.models import Feedback
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.programmes import programmes_of
from webapp.staff import hidden_from


def given_by(author: Person) -> Sequence[Feedback]:
    """What this person said, newest first."""
    return db.session.scalars(
        select(Feedback)
        .where(Feedback.author_id == author.id, Feedback.taken_back_at.is_(None))
        .order_by(Feedback.given_at.desc(), Feedback.id.desc())
    ).all()


def recovered_for(author: Person) -> Sequence[Feedback]:
    """What was taken back on one phone while another still wrote to it: its author finds the words here."""
    mine = select(Feedback).where(Feedback.author_id == author.id, Feedback.taken_back_at.is_not(None))
    return db.session.scalars(mine.where(Feedback.words_sealed.is_not(None)).order_by(Feedback.id.desc())).all()


def written_by_or_404(author: Person, feedback_id: UUID) -> Feedback:
    """One's own, also once it was taken back: words that were recovered can be deleted."""
    feedback = db.session.get(Feedback, feedback_id)
    if feedback is None or feedback.author_id != author.id:
        abort(404)
    return feedback


def own_feedback_or_404(author: Person, feedback_id: UUID) -> Feedback:
    """One's own; anybody else's is not there."""
    feedback = db.session.get(Feedback, feedback_id)
    if feedback is None or feedback.author_id != author.id or feedback.taken_back_at is not None:
        abort(404)
    return feedback


def to_act_on(coordinator: Person) -> Sequence[Feedback]:
    """What the people of her programmes and sites asked to be acted on, oldest wish last.

    Never about her own pairs, nor about a pair of somebody who reports to her.
    """
    hidden = hidden_from(coordinator)
    mine = [programme.id for programme in programmes_of(coordinator)]
    wishes = db.session.scalars(
        select(Feedback)
        .join(Feedback.pairing)
        .where(
            Feedback.act_since.is_not(None),
            Feedback.acted_at.is_(None),
            Feedback.taken_back_at.is_(None),
            Pairing.programme_id.in_(mine),
            Pairing.mentor_id != coordinator.id,
            Pairing.mentee_id != coordinator.id,
        )
        .order_by(Feedback.act_since.desc(), Feedback.id.desc())
    )
    return [
        each
        for each in wishes
        if each.pairing
        and each.pairing.programme.covers(coordinator, each.pairing.mentee)
        and hidden.isdisjoint((each.pairing.mentee_id, each.pairing.mentor_id))
    ]
