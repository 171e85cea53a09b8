"""Loading goals: a pair's for its two, and to change only for the mentee whose they are."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.database import db
from webapp.ledger import Refused
from webapp.pairings.goals.models import Goal
from webapp.pairings.models import Pairing
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person


def goals_of(pairing: Pairing) -> list[Goal]:
    """What stands, open ones first, then the newest."""
    standing = select(Goal).where(Goal.pairing_id == pairing.id, Goal.taken_back_at.is_(None))
    goals = list(db.session.scalars(standing.order_by(Goal.set_at.desc(), Goal.id.desc())))
    return sorted(goals, key=lambda each: each.reached_at is not None)


def goal_or_404(pairing: Pairing, goal_id: UUID) -> Goal:
    """A goal of this pair that was not taken back."""
    goal = db.session.get(Goal, goal_id)
    if goal is None or goal.pairing_id != pairing.id or goal.taken_back_at is not None:
        abort(404)
    return goal


def mentees_goal(author: Person, pairing_id: UUID, goal_id: UUID) -> Goal:
    """A goal for its mentee to change while the pair lasts. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    goal = db.session.get(Goal, goal_id)
    if author.id != pairing.mentee_id or goal is None or goal.pairing_id != pairing_id:
        raise Refused("not_found")
    return goal
